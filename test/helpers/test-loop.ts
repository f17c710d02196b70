import { Deferred } from '../../lib/core/base/deferred.js';
import { openChain } from '../../lib/core/chain/chain.js';
import { Loop } from '../../lib/core/loop/loop.js';
import type { Drain, Outcome } from '../../lib/core/protocol/drain.js';
import type { Host } from '../../lib/core/protocol/host.js';
import { END, type Pull } from '../../lib/core/protocol/pull.js';
import { Run } from '../../lib/core/protocol/run.js';

/** A pull that emits `items`, then returns what `after` returns. */
export const pullOf = (items: readonly unknown[], after: () => unknown = () => END) => {
  const left = [...items];
  return { pull: () => (left.length > 0 ? left.shift() : after()), close: (): void => {} };
};

/** A loop from a pull to a drain, which notes the calls of its owner's callbacks. */
export class TestLoop {
  readonly run = new Run();
  readonly told: string[] = [];
  readonly loop: Loop;
  readonly #outcome = new Deferred<Outcome<unknown>>();

  constructor(open: (host: Host) => Pull<unknown>, drain: Partial<Drain<unknown>> = {}) {
    const plan = { origin: { name: 'origin', open }, links: [] };
    const whole: Drain<unknown> = { name: 'drain', take: () => undefined, ...drain };
    this.loop = new Loop<unknown>(
      this.run,
      (host) => openChain(plan, host),
      whole,
      { name: 'drain', position: 1 },
      {
        failed: (error) => this.told.push(`failed: ${(error as Error).message}`),
        endedEarly: () => this.told.push('ended early'),
        settled: (outcome) => {
          this.told.push(outcome.kind);
          this.#outcome.resolve(outcome);
        },
      },
    );
  }

  get outcome(): Promise<Outcome<unknown>> {
    return this.#outcome.promise;
  }
}
