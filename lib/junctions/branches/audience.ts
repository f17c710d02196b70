import type { Ack } from '../../core/protocol/ack.js';

/** A branch, as far as those that give items to it are concerned. */
export interface Member {
  /** Which branch it is, in words. */
  readonly label: string;
  /** It takes all that comes: it ends with its input, or fails. */
  readonly lasts: boolean;
  /** It may not be given to now. */
  readonly full: boolean;
  /** How many items it has room for. */
  readonly room: number;
  readonly wanting: boolean;
  give(item: unknown, ack: Ack | undefined): void;
  /** Without waking it. */
  giveAll(items: readonly unknown[]): void;
  wake(): void;
}

/** Longer runs are no faster. */
const LONGEST_RUN = 256;

/** Runs are of one length and kind of elements from the beginning: V8 is faster then. */
const BLANK = new Array<unknown>(LONGEST_RUN).fill(undefined);

/** Branches that get the same items. Where nobody can tell, items are gathered here and handed to them in runs. */
export class Audience {
  readonly branches: readonly Member[];
  /** One of them takes all that comes, so that nothing is gathered in vain: it ends with its input, or fails. */
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

  /** As many have been gathered as each branch has room for. */
  get whole(): boolean {
    return this.#gathered === this.#run.length;
  }

  /** Items have been gathered, and one more does not make the run whole. */
  get roomy(): boolean {
    return this.#gathered + 1 < this.#run.length;
  }

  /** One of them may not be given to now. */
  get full(): boolean {
    return this.branches.some(({ full }) => full);
  }

  /** False where a branch has no room: what becomes of an item then is for its policy to say. */
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

  /** All have the run before the first is woken, as that may end another. */
  handOn(): void {
    const run = this.#run;
    if (this.#gathered < run.length) run.length = this.#gathered;
    this.#run = [];
    this.#gathered = 0;
    for (const branch of this.branches) branch.giveAll(run);
    for (const branch of this.branches) branch.wake();
  }
}

export const NOBODY = new Audience([]);
