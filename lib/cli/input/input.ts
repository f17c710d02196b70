import type { Stats } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import type { OnError } from '../../core/policy/on-error.js';
import { latestLine } from '../../formats/text/latest-line.js';
import { from } from '../../sources/from.js';
import { compose } from '../../streams/compose.js';
import type { Source } from '../../streams/source.js';
import type { DeferredFailure } from '../errors/deferred-failure.js';
import type { Faults } from '../errors/faults.js';
import type { FileSpec } from '../files/file-spec.js';
import type { Format } from '../files/formats.js';
import { inputGate } from './gate.js';
import type { InputMeter } from './input-meter.js';
import { openRaw, type RawInput, totalOf } from './raw-input.js';

/** A file that is open for reading. */
export interface Input {
  readonly label: string;
  /** Of what is in the file system. */
  readonly stats: Stats | undefined;
  /** How far its reading has come, if that is to be known. */
  readonly meter: InputMeter | undefined;
  /** How many items have been taken from it. */
  readonly taken: { items: number };
  /** On which line the latest item stands, if items have lines. */
  latestLine(): number | undefined;
  /** The items in it; asked for once. `onError` is for what is bad in it. */
  items(failure: DeferredFailure, onError: OnError<string, never> | undefined): Source<unknown>;
}

/** Opens the file now, so that one that is missing is told before anything is written. */
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
      // A socket is a duplex stream, which compose would take for a stage: from says that it is a source.
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

/** Stands between the bytes of an input and what reads them. */
async function meterOf(raw: RawInput, watch: Watcher): Promise<InputMeter> {
  const { InputMeter } = await import('./input-meter.js');
  return pipeline(watch(streamOf(raw)), new InputMeter(totalOf(raw)), () => {});
}

const streamOf = ({ bytes }: RawInput): Readable =>
  'destroy' in bytes ? bytes : Readable.from(bytes, { objectMode: false });

/** By the ending of its name, or by the first bytes. */
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
