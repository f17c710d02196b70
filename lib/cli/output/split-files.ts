import { fstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that is open for appending. */
export interface OpenFile {
  readonly fd: number;
  /** The path of the file if it contains rows already. */
  readonly rows: string | undefined;
}

/** The files of a split output, by their paths within its folder. */
export interface SplitFiles {
  /** What a failed run leaves of the files. */
  readonly leaves: 'a part' | 'nothing';
  open(path: string): OpenFile;
  /** Called when the run is over: moves files that are `whole` to their places, and deletes any others. */
  settle(whole: boolean): Promise<void>;
}

/** Files that are appended to in their places. */
export class AppendedFiles implements SplitFiles {
  readonly leaves = 'a part';
  readonly #folder: string;
  readonly #check: (path: string) => void;

  constructor(folder: string, check: (path: string) => void) {
    this.#folder = folder;
    this.#check = check;
  }

  open(path: string): OpenFile {
    const target = join(this.#folder, path);
    this.#check(target);
    requireFile(target);
    return openToAdd(target);
  }

  async settle(): Promise<void> {}
}

/** Opens a file for appending, and makes the folders that are missing. */
export function openToAdd(path: string): OpenFile {
  const fd = opened(path);
  return { fd, rows: fstatSync(fd).size > 0 ? path : undefined };
}

function opened(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a');
  }
}

/** Throws unless `path` is a file or missing: opening a named pipe would wait for a reader. */
export function requireFile(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile())
    throw new Error(there.isDirectory() ? 'is a directory' : 'is not a regular file');
}
