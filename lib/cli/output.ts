import { createWriteStream, fstat, open, type Stats, stat } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { badUsage } from './command-error.js';
import type { Faults } from './faults.js';
import type { Input } from './input.js';
import type { Line } from './line.js';
import type { PlannedOutput } from './plan.js';
import { stdoutSink } from './stdout-sink.js';

type Library = typeof import('../index.js');

/** A file that is open for writing. */
export interface Output {
  readonly label: string;
  /** What becomes of the items on their way there. */
  readonly line: Line;
  /** A file on a disk, of which a failed run leaves only a part. */
  readonly lasting: boolean;
  /** The stages and the sink that write items there; asked for once. */
  parts(library: Library): readonly unknown[];
}

export async function openOutput({ line, file }: PlannedOutput, faults: Faults): Promise<Output> {
  const { path, compression, format, options } = file;
  const isStdout = path === '-';
  const label = isStdout ? 'stdout' : path;
  try {
    const encoder = compression?.compress(await import('node:zlib'));
    const fd = isStdout ? undefined : await promisify(open)(path, 'w');
    const lasting = fd !== undefined && (await promisify(fstat)(fd)).isFile();
    const parts: Output['parts'] = (library) => {
      const formatter = format.writes.make(library, { ...options, name: label });
      const encoders = encoder ? [faults.watch(encoder, label)] : [];
      // Ours is not watched: a listener would keep it from becoming part of the loop.
      const sink =
        fd === undefined ? stdoutSink(faults) : faults.watch(createWriteStream('', { fd }), label);
      return [formatter, ...encoders, sink];
    };
    return { label, line, lasting, parts };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}

/** Opening an output empties it: it must be no input, and named only once. */
export async function checkOutputs(
  outputs: readonly PlannedOutput[],
  inputs: readonly Input[],
): Promise<void> {
  const seen = new Set<string>();
  for (const { file } of outputs) {
    const { path } = file;
    const place = path === '-' ? path : resolve(path);
    if (seen.has(place)) throw badUsage(`${path === '-' ? 'stdout' : path} is written to twice`);
    seen.add(place);
    const target = path === '-' ? undefined : await statOf(path);
    const input = target && inputs.find(({ stats }) => isSameFile(stats, target));
    if (input) throw badUsage(`${path} is both read and written`);
  }
}

const isSameFile = (a: Stats, b: Stats): boolean =>
  a.isFile() && a.ino === b.ino && a.dev === b.dev;

const statOf = (path: string): Promise<Stats | undefined> =>
  promisify(stat)(path).catch(() => undefined);
