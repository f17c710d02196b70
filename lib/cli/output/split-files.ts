import { fstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that is open for adding to. */
export interface OpenFile {
  readonly fd: number;
  /** Where it is now, if there is something in it already. */
  readonly rows: string | undefined;
}

/** Where the files of a split are written, by their paths within its folder. */
export interface SplitFiles {
  /** What a failed run leaves of them. */
  readonly leaves: 'a part' | 'nothing';
  open(path: string): OpenFile;
  /** The run is over: files that are `whole` take their places, any others are gone. */
  settle(whole: boolean): Promise<void>;
}

/** Files that are added to where they are. */
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

/** Makes the folders that are missing. */
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

/** To open a pipe would wait for a reader. */
export function requireFile(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile())
    throw new Error(there.isDirectory() ? 'is a directory' : 'is no file');
}
