import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  opendirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type OpenFile, openToAdd, requireFile, type SplitFiles } from './split-files.js';

/** How many files are moved to their places before the event loop continues. */
const MOVED_AT_ONCE = 256;

/**
 * Files in a hidden folder beside their places, to which they are moved when all of them are whole. The folder is the
 * only list of the files: none is kept in memory.
 */
export class StagedFiles implements SplitFiles {
  leaves: 'a part' | 'nothing' = 'nothing';
  readonly #folder: string;
  readonly #check: (path: string) => void;
  /** The hidden folder, made for the first file; and the topmost folder that was made for it. */
  #stage: string | undefined;
  #made: string | undefined;

  constructor(folder: string, check: (path: string) => void) {
    this.#folder = folder;
    this.#check = check;
  }

  open(path: string): OpenFile {
    this.#stage ??= this.#makeStage();
    const file = openToAdd(join(this.#stage, path));
    try {
      if (file.rows === undefined) this.#requireRoom(join(this.#folder, path));
    } catch (error) {
      closeSync(file.fd);
      throw error;
    }
    return file;
  }

  writes(path: string): boolean {
    const within = relative(this.#folder, path);
    return this.#stage !== undefined && existsSync(join(this.#stage, within));
  }

  async settle(whole: boolean): Promise<void> {
    const stage = this.#stage;
    if (stage === undefined) return;
    this.#stage = undefined;
    try {
      if (whole) await this.#place(stage, this.#folder);
    } finally {
      await rm(stage, { recursive: true, force: true });
      this.#removeMade();
    }
  }

  #makeStage(): string {
    this.#made = mkdirSync(this.#folder, { recursive: true });
    return mkdtempSync(join(this.#folder, '.sluice.part-'));
  }

  /** Fails now if the file could not be moved to its place later. */
  #requireRoom(target: string): void {
    this.#check(target);
    requireFile(target);
    if (existsSync(target)) accessSync(target, constants.W_OK);
  }

  /** Lists the folder until it is empty: some systems skip entries while files are moved out of it. */
  async #place(from: string, to: string): Promise<void> {
    while ((await this.#placeListed(from, to)) > 0);
  }

  async #placeListed(from: string, to: string): Promise<number> {
    const listed = opendirSync(from);
    let count = 0;
    try {
      for (let entry = listed.readSync(); entry; entry = listed.readSync()) {
        const [part, target] = [join(from, entry.name), join(to, entry.name)];
        if (entry.isDirectory()) {
          mkdirSync(target, { recursive: true });
          await this.#place(part, target);
          rmdirSync(part);
        } else replace(part, target);
        this.leaves = 'a part';
        count += 1;
        if (count % MOVED_AT_ONCE === 0) await setImmediate();
      }
    } finally {
      listed.closeSync();
    }
    return count;
  }

  /** Removes the folders that a failed run has made. */
  #removeMade(): void {
    if (this.#made === undefined) return;
    const top = resolve(this.#made);
    for (let at = resolve(this.#folder); at.startsWith(top) && removed(at); ) at = dirname(at);
  }
}

function removed(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Keeps the mode of the replaced file; a link keeps its target. */
function replace(part: string, target: string): void {
  const before = statSync(target, { throwIfNoEntry: false });
  if (before) chmodSync(part, before.mode);
  renameSync(part, before ? realpathSync(target) : target);
}
