import type { Stats } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import type { FirstError } from '../../core/base/first-error.js';
import type { OnError } from '../../core/policy/on-error.js';
import { latestLine } from '../../formats/text/latest-line.js';
import { from } from '../../sources/from.js';
import { compose } from '../../streams/compose.js';
import type { Source } from '../../streams/source.js';
import type { Faults } from '../errors/faults.js';
import type { FileSpec } from '../files/file-spec.js';
import type { Format } from '../files/formats.js';
import { inputGate } from './gate.js';
import type { InputMeter } from './input-meter.js';
import { openRaw, type RawInput, totalOf } from './raw-input.js';

/** A file that is open for reading. */
export interface Input {
  readonly label: string;
  /** The stats of a file; undefined for a remote input. */
  readonly stats: Stats | undefined;
  /** Counts the bytes that are read, if they are to be shown. */
  readonly meter: InputMeter | undefined;
  /** How many items have been taken from it. */
  readonly taken: { items: number };
  /** The line of the latest item, if the format has lines. */
  latestLine(): number | undefined;
  /** The items of the file; called once. `onError`: the policy for bad input. */
  items(failure: FirstError, onError: OnError<string, never> | undefined): Source<unknown>;
}

/** Opens the file now, so that the run fails before it writes anything if the file is missing. */
export async function openInput(
  spec: FileSpec,
  faults: Faults,
  isMetered: boolean,
): Promise<Input> {
  const { path, format, options } = spec;
  const label = path === '-' ? 'stdin' : path;
  try {
    const raw = await openRaw(path);
    const watch: Watcher = (stream) => faults.watch(stream, label);
    const meter = isMetered ? await meterOf(raw, watch) : undefined;
    const bytes = await decompressed(spec, meter ? { ...raw, bytes: meter } : raw, watch);
    const make = await (format.reads as NonNullable<Format['reads']>).load();
    const taken = { items: 0 };
    let parser: object | undefined;
    const items: Input['items'] = (failure, onError) => {
      const policy = onError !== undefined && format.hasBad ? { onError } : {};
      const stage = make({ ...options, name: label }, policy);
      parser = stage;
      // Without `from`, `compose` would take a socket, which is a duplex stream, for a stage.
      return compose(from<Buffer>(bytes), stage, inputGate(failure, taken));
    };
    const line: Input['latestLine'] = () => parser && latestLine(parser, taken.items - 1);
    return { label, stats: raw.stats, meter, taken, latestLine: line, items };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}

type Watcher = <S extends Readable>(stream: S) => S;

/** A meter between the bytes of an input and its parser. */
async function meterOf(raw: RawInput, watch: Watcher): Promise<InputMeter> {
  const { InputMeter } = await import('./input-meter.js');
  return pipeline(watch(streamOf(raw)), new InputMeter(totalOf(raw)), () => {});
}

const streamOf = ({ bytes }: RawInput): Readable =>
  'destroy' in bytes ? bytes : Readable.from(bytes, { objectMode: false });

/** Decompresses by the ending of the name, or by the first bytes. */
async function decompressed(
  { compression: implied }: FileSpec,
  { bytes, compression = implied, isFile }: RawInput,
  watch: Watcher,
): Promise<RawInput['bytes']> {
  const raw = 'destroy' in bytes ? watch(bytes) : bytes;
  if (!compression && isFile) return raw;
  if (compression) {
    const zlib = await import('node:zlib');
    return pipeline(raw, watch(compression.decompress(zlib)), () => {});
  }
  const { DetectCompression } = await import('../files/detect-compression.js');
  return pipeline(raw, watch(new DetectCompression()), () => {});
}
