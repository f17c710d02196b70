import { access, constants, fstat, open, readlink, realpath, rename, stat, unlink } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const FOR_ALL = 0o666;

/**
 * `replace`: written under another name, and moved when it is whole. `append`: added to the existing file. `in place`:
 * written directly.
 */
export type WriteMode = 'replace' | 'append' | 'in place';

/** A file that is open for writing. */
export interface TargetFile {
  readonly fd: number;
  /** What a failed run leaves of a file on a disk: a part, or nothing. Undefined for anything else. */
  readonly leaves: 'a part' | 'nothing' | undefined;
  /** Whether the file is not empty. */
  readonly continues: boolean;
  /** Called when the run is over: moves a file that is `whole` to its place, and deletes any other. */
  settle(whole: boolean): Promise<void>;
}

/**
 * Opens a file under another name beside its place, to which it is moved when it is whole: readers never see half a
 * file. A pipe or device is written directly.
 */
export async function openTarget(path: string, mode: WriteMode): Promise<TargetFile> {
  const before = await promisify(stat)(path).catch(() => undefined);
  if (mode !== 'replace' || (before && !before.isFile()))
    return openInPlace(path, mode === 'append' ? 'a' : 'w');
  if (before) await promisify(access)(path, constants.W_OK);
  const target = await linkTarget(path);
  const part = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const fd = await promisify(open)(part, 'wx', before?.mode ?? FOR_ALL);
  const settle = (whole: boolean): Promise<void> =>
    whole ? promisify(rename)(part, target) : promisify(unlink)(part).catch(() => {});
  return { fd, leaves: 'nothing', continues: false, settle };
}

/** The file that a path leads to, even if it is missing: a link stays a link. */
async function linkTarget(path: string): Promise<string> {
  try {
    return await promisify(realpath)(path);
  } catch (error) {
    const linked = await promisify(readlink)(path).catch(() => undefined);
    if (linked === undefined || (error as NodeJS.ErrnoException).code !== 'ENOENT') return path;
    return linkTarget(resolve(dirname(path), linked));
  }
}

async function openInPlace(path: string, flags: 'a' | 'w'): Promise<TargetFile> {
  const fd = await promisify(open)(path, flags);
  const stats = await promisify(fstat)(fd);
  const leaves = stats.isFile() ? 'a part' : undefined;
  return { fd, leaves, continues: stats.size > 0, settle: async () => {} };
}
