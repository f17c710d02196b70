import { access, constants, fstat, open, readlink, realpath, rename, stat, unlink } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const FOR_ALL = 0o666;

/** `replace`: under another name until it is whole. `append`: behind what is there. `in place`: as it comes. */
export type WriteMode = 'replace' | 'append' | 'in place';

/** A file that is open for writing. */
export interface TargetFile {
  readonly fd: number;
  /** Of a file on a disk: whether a failed run leaves a part of it, or nothing. */
  readonly leaves: 'a part' | 'nothing' | undefined;
  /** There is something in it already. */
  readonly continues: boolean;
  /** The run is over: a file that is `whole` takes its place, any other is gone. */
  settle(whole: boolean): Promise<void>;
}

/**
 * Opens a file to be written under another name beside it, which becomes its own once it is whole: nobody ever sees half
 * of it. What is no file on a disk (a pipe, a device) is written where it stands.
 */
export async function openTarget(path: string, mode: WriteMode): Promise<TargetFile> {
  const before = await promisify(stat)(path).catch(() => undefined);
  if (mode !== 'replace' || (before && !before.isFile()))
    return openInPlace(path, mode === 'append' ? 'a' : 'w');
  if (before) await promisify(access)(path, constants.W_OK);
  const target = await placeOf(path);
  const part = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const fd = await promisify(open)(part, 'wx', before?.mode ?? FOR_ALL);
  const settle = (whole: boolean): Promise<void> =>
    whole ? promisify(rename)(part, target) : promisify(unlink)(part).catch(() => {});
  return { fd, leaves: 'nothing', continues: false, settle };
}

/** The file that a path leads to, be it there or not: a link stays one. */
async function placeOf(path: string): Promise<string> {
  try {
    return await promisify(realpath)(path);
  } catch (error) {
    const linked = await promisify(readlink)(path).catch(() => undefined);
    if (linked === undefined || (error as NodeJS.ErrnoException).code !== 'ENOENT') return path;
    return placeOf(resolve(dirname(path), linked));
  }
}

async function openInPlace(path: string, flags: 'a' | 'w'): Promise<TargetFile> {
  const fd = await promisify(open)(path, flags);
  const stats = await promisify(fstat)(fd);
  const leaves = stats.isFile() ? 'a part' : undefined;
  return { fd, leaves, continues: stats.size > 0, settle: async () => {} };
}
