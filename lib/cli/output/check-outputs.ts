import { type Stats, stat } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { badUsage } from '../errors/command-error.js';
import { isRemote } from '../files/remote.js';
import type { Input } from '../input/input.js';
import type { OutputFile } from '../plan/output-file.js';

type Named = Pick<OutputFile, 'path' | 'split'>;

/** Throws when an output is also an input, or is written to twice: an output replaces the file. */
export async function checkOutputs(
  outputs: readonly Named[],
  inputs: readonly Input[],
): Promise<void> {
  const seen = new Set<string>();
  for (const { path, split } of outputs) {
    const isFile = path !== '-' && !isRemote(path);
    const place = isFile ? resolve(path) : path;
    if (seen.has(place)) throw badUsage(`${path === '-' ? 'stdout' : path} is written to twice`);
    seen.add(place);
    const target = isFile && !split ? await statOf(path) : undefined;
    const input = target && inputs.find(({ stats }) => stats && isSameFile(stats, target));
    if (input) throw badUsage(`${path} is both read and written`);
  }
}

const isSameFile = (a: Stats, b: Stats): boolean =>
  a.isFile() && a.ino === b.ino && a.dev === b.dev;

const statOf = (path: string): Promise<Stats | undefined> =>
  promisify(stat)(path).catch(() => undefined);
