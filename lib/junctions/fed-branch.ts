import type { Ack } from '../core/ack.js';
import { type Origin, openChain } from '../core/chain.js';
import { Deferred } from '../core/deferred.js';
import type { Outcome } from '../core/drain.js';
import { Inbox } from '../core/inbox.js';
import { Loop } from '../core/loop.js';
import type { SinkPlan } from '../streams/sink.js';

/** One sink with a loop of its own, fed through an inbox. */
export class Branch {
  settled = false;
  readonly #result = new Deferred<unknown>();
  readonly #inbox = new Inbox<unknown>();
  readonly #loop: Loop;

  constructor({ drain, links, name }: SinkPlan, parent: Loop, buffer: number, resume: () => void) {
    const origin: Origin = {
      name: 'broadcast',
      transparent: true,
      fed: true,
      open: (host) => this.#inbox.attach(host),
    };
    const ref = { name, position: links.length + 1 };
    this.#loop = new Loop(parent.run, (host) => openChain({ origin, links }, host), drain, ref, {
      failed: (error) => parent.fail(error),
      settled: (outcome: Outcome<unknown>) => {
        this.settled = true;
        if (outcome.kind === 'done') this.#result.resolve(outcome.result);
        // What fails while closing has been told nobody yet.
        if (outcome.kind === 'failed') parent.fail(outcome.error);
        resume();
      },
    });
    this.#loop.acknowledged = parent.acknowledged;
    this.#inbox.hungry = resume;
    this.#inbox.taken = () => {
      if (this.behind === buffer - 1) resume();
    };
  }

  start(): void {
    this.#loop.start();
  }

  get result(): Promise<unknown> {
    return this.#result.promise;
  }

  get behind(): number {
    return this.#inbox.length;
  }

  /** False once it has ended early. */
  get wanting(): boolean {
    return this.#inbox.open;
  }

  /** A branch that has ended early answers `undefined`. */
  give(item: unknown, ack: Ack | undefined): void {
    if (this.#inbox.open) this.#inbox.put(item, ack);
    else ack?.release();
  }

  end(): void {
    this.#inbox.end();
  }

  /** `error` is why, if the whole run has failed. */
  async cancel(error: unknown): Promise<void> {
    if (error !== undefined) this.#loop.fail(error);
    await this.#loop.cancel();
  }
}
