import { type StageRef, StallError } from '../../core/base/errors.js';
import { openInput } from '../../core/chain/chain.js';
import type { Host } from '../../core/protocol/host.js';
import type { Plan } from '../../core/protocol/link.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import type { WaitReport } from '../../core/stall/wait-report.js';
import { SharedHost } from './shared-host.js';

interface Branch {
  /** The items that other branches have got, and this one has not. */
  readonly behind: unknown[];
  host: Host | undefined;
  open: boolean;
}

/** The source that the branches of a `tee` share. It queues the items that a branch still has to get. */
export class Trunk {
  readonly #name: string;
  readonly #plan: Plan;
  readonly #buffer: number;
  readonly #branches: readonly Branch[];
  #shared: SharedHost | undefined;
  #source: Pull<unknown> | undefined;
  #ended = false;

  constructor(name: string, plan: Plan, branches: number, buffer: number) {
    this.#name = name;
    this.#plan = plan;
    this.#buffer = buffer;
    this.#branches = Array.from({ length: branches }, () => ({
      behind: [],
      host: undefined,
      open: true,
    }));
  }

  join(at: number, host: Host, stage: StageRef): void {
    const branch = this.#branches[at] as Branch;
    branch.host = host;
    if (this.#shared) this.#shared.join(host);
    else {
      this.#shared = new SharedHost(host);
      this.#source = openInput(this.#plan, this.#shared, { stage, side: 'input', at: 0 });
    }
  }

  pull(at: number): Pulled<unknown> {
    const branch = this.#branches[at] as Branch;
    if (branch.behind.length > 0) return this.#catchUp(branch);
    if (this.#shared?.failure) throw this.#shared.failure.error;
    if (this.#ended) return END;
    const full = this.#full();
    if (full >= 0) return this.#waitFor(full, at, branch.host);
    return this.#advance(branch);
  }

  #catchUp(branch: Branch): unknown {
    const wasFull = branch.behind.length >= this.#buffer;
    const item = branch.behind.shift();
    // Branches that waited for this one may go on, also in the run that is pulling now.
    if (wasFull) this.#shared?.wake();
    return item;
  }

  /** If both branches are in one run, only that run can pull the full one, so it must know what this one waits for. */
  #waitFor(full: number, at: number, host: Host | undefined): typeof WAIT {
    if (host && this.#branches[full]?.host === host) {
      host.blocker = () =>
        new StallError(
          `${this.#name}: branch ${at} waits for branch ${full}, which lies ${this.#buffer} items behind and is not asked for more; ` +
            'make the branches give equally many items, or raise the buffer option',
        );
    }
    return WAIT;
  }

  #advance(puller: Branch): Pulled<unknown> {
    if (puller.host) this.#shared?.lend(puller.host);
    const item = this.#pullSource();
    if (item === WAIT) return WAIT;
    if (item === END) this.#ended = true;
    for (const branch of this.#branches) {
      if (isItem(item) && branch.open && branch !== puller) branch.behind.push(item);
    }
    this.#shared?.wake();
    return item;
  }

  #pullSource(): Pulled<unknown> {
    try {
      return (this.#source as Pull<unknown>).pull();
    } catch (error) {
      // The other branches throw the error when they have got all items before it.
      if (this.#shared) this.#shared.failure = { error };
      this.#shared?.wake();
      throw error;
    }
  }

  #full(): number {
    return this.#branches.findIndex(({ behind, open }) => open && behind.length >= this.#buffer);
  }

  /** A branch without queued items waits for the source, or for another branch that is full. */
  waits(at: number): readonly WaitReport[] {
    const held = this.#branches[at]?.behind.length ?? 0;
    if (held > 0) return [{ held }];
    const full = this.#full();
    if (full >= 0) return [{ what: `branch ${full}, which lies ${this.#buffer} behind` }];
    return this.#shared?.segments.flatMap((segment) => segment.waits()) ?? [];
  }

  /** A source that has failed is closed at once, even if another branch was not read yet. */
  close(at: number): void | Promise<void> {
    const branch = this.#branches[at] as Branch;
    branch.open = false;
    branch.behind.length = 0;
    const failure = this.#shared?.failure;
    if (!failure && this.#branches.some(({ open }) => open)) return this.#shared?.wake();
    this.#shared?.run.abort(failure?.error);
    return this.#source?.close();
  }
}

export class BranchPull implements Pull<unknown> {
  readonly #trunk: Trunk;
  readonly #at: number;

  constructor(trunk: Trunk, at: number, host: Host, ref: StageRef) {
    this.#trunk = trunk;
    this.#at = at;
    trunk.join(at, host, ref);
  }

  pull(): Pulled<unknown> {
    return this.#trunk.pull(this.#at);
  }

  waits(): readonly WaitReport[] {
    return this.#trunk.waits(this.#at);
  }

  close(): void | Promise<void> {
    return this.#trunk.close(this.#at);
  }
}
