import type { Stats } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import type { OnError } from '../core/on-error.js';
import { from } from '../sources/from.js';
import { compose } from '../streams/compose.js';
import type { Source } from '../streams/source.js';
import type { Failure } from './failure.js';
import type { Faults } from './faults.js';
import type { FileSpec } from './file-spec.js';
import type { Format } from './formats.js';
import { inputGate } from './gate.js';
import { openRaw, type RawInput } from './raw-input.js';

/** A file that is open for reading. */
export interface Input {
  readonly label: string;
  /** Of what is in the file system. */
  readonly stats: Stats | undefined;
  /** The items in it; asked for once. `onError` is for what is bad in it. */
  items(failure: Failure, onError: OnError<string, unknown> | undefined): Source<unknown>;
}

/** Opens the file now, so that one that is missing is told before anything is written. */
export async function openInput(spec: FileSpec, faults: Faults): Promise<Input> {
  const { path, format, options } = spec;
  const label = path === '-' ? 'stdin' : path;
  try {
    const raw = await openRaw(path);
    const bytes = await decompressed(spec, raw, (stream) => faults.watch(stream, label));
    const make = await (format.reads as NonNullable<Format['reads']>).load();
    // A socket is a duplex stream, which compose would take for a stage: from says that it is a source.
    const items: Input['items'] = (failure, onError) => {
      const policy = onError !== undefined && format.hasBad ? { onError } : {};
      const parser = make({ ...options, name: label }, policy);
      return compose(from<Buffer>(bytes), parser, inputGate(failure));
    };
    return { label, stats: raw.stats, items };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}

/** By the ending of its name, or by the first bytes. */
async function decompressed(
  { compression: implied }: FileSpec,
  { bytes, compression = implied, isFile }: RawInput,
  watch: <S extends Readable>(stream: S) => S,
): Promise<RawInput['bytes']> {
  const raw = 'destroy' in bytes ? watch(bytes) : bytes;
  if (!compression && isFile) return raw;
  if (compression) {
    const zlib = await import('node:zlib');
    return pipeline(raw, watch(compression.decompress(zlib)), () => {});
  }
  const { Detecting } = await import('./detecting.js');
  return pipeline(raw, watch(new Detecting()), () => {});
}
