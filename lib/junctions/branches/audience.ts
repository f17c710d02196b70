import type { Ack } from '../../core/protocol/ack.js';

/** A branch, as the code that gives items to it sees it. */
export interface Member {
  /** Names the branch in error messages. */
  readonly label: string;
  /** True if it takes all its input: it ends only with its input, or fails. */
  readonly lasts: boolean;
  /** True if it must not be given an item now. */
  readonly full: boolean;
  /** How many items it can be given now. */
  readonly room: number;
  /** False once it takes no more items. */
  readonly wanting: boolean;
  give(item: unknown, ack: Ack | undefined): void;
  /** Gives it several items. The caller must call `wake` afterwards. */
  giveAll(items: readonly unknown[]): void;
  wake(): void;
}

/** Longer runs would not be faster. */
const LONGEST_RUN = 256;

/** Runs are slices of this array: their length and kind of elements never change, which is faster in V8. */
const BLANK = new Array<unknown>(LONGEST_RUN).fill(undefined);

/**
 * The branches that get the same items. Where that makes no visible difference, items are gathered here, and all
 * branches get them as one array, a run.
 */
export class Audience {
  readonly branches: readonly Member[];
  /** True if one of the branches takes all its input: then no item is gathered that no branch takes. */
  readonly lasts: boolean;
  #run: unknown[] = [];
  #gathered = 0;

  constructor(branches: readonly Member[]) {
    this.branches = branches;
    this.lasts = branches.some(({ lasts }) => lasts);
  }

  get empty(): boolean {
    return this.#gathered === 0;
  }

  /** True when as many items are gathered as each branch has room for. */
  get whole(): boolean {
    return this.#gathered === this.#run.length;
  }

  /** True if one more item can be gathered without completing the run. */
  get roomy(): boolean {
    return this.#gathered + 1 < this.#run.length;
  }

  /** True if one of the branches must not be given an item now. */
  get full(): boolean {
    return this.branches.some(({ full }) => full);
  }

  /** Begins a run. False if a branch has no room: then its policy decides about each item. */
  begin(): boolean {
    let room = LONGEST_RUN;
    for (const branch of this.branches) room = Math.min(room, branch.room);
    this.#run = BLANK.slice(0, room);
    return room > 0;
  }

  gather(item: unknown): void {
    this.#run[this.#gathered] = item;
    this.#gathered += 1;
  }

  /** Gives the run to all branches before it wakes the first, since waking one may end another. */
  handOn(): void {
    const run = this.#run;
    if (this.#gathered < run.length) run.length = this.#gathered;
    this.#run = [];
    this.#gathered = 0;
    for (const branch of this.branches) branch.giveAll(run);
    for (const branch of this.branches) branch.wake();
  }
}

export const NO_BRANCHES = new Audience([]);
