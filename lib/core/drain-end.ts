import type { Drain } from './drain.js';
import { type StageRef, stageError } from './errors.js';
import type { Pull } from './pull.js';
import type { Run } from './run.js';
import { TracedInput } from './trace.js';
import { tracedDrain } from './traced-drain.js';
import type { Wait } from './wait.js';

/** The last stage of a loop: its drain, whose name its failures get. */
export class DrainEnd<R> {
  readonly ref: StageRef;
  readonly drain: Drain<unknown, R>;
  /** Its part in how the loop ends. */
  readonly ends = {
    restDrain: () => this.drain.rest?.(),
    endDrain: () => this.#end(),
    closeDrain: (error?: unknown) => this.drain.close?.(error),
  };
  readonly #run: Run;

  constructor(drain: Drain<unknown, R>, ref: StageRef, run: Run) {
    this.ref = ref;
    this.drain = run.trace ? tracedDrain(drain, ref, run.trace) : drain;
    this.#run = run;
  }

  /** Where the drain's items come from. */
  behind(chain: Pull<unknown>): Pull<unknown> {
    const { trace } = this.#run;
    return trace ? new TracedInput(chain, this.ref, trace) : chain;
  }

  /** What `error` becomes when the drain is to blame. */
  named(...cause: [error: unknown, index?: number, item?: unknown]): unknown {
    return this.drain.transparent ? cause[0] : stageError(this.ref, ...cause);
  }

  async #end(): Promise<R> {
    try {
      return (await this.drain.end?.(this.#run.context)) as R;
    } catch (error) {
      throw this.named(error);
    }
  }

  /** `blocked`: it takes no item; what it only holds is told in any case. */
  waits(blocked: boolean): readonly Wait[] {
    const all = this.drain.waits?.() ?? [{ what: 'what its callback has promised' }];
    if (blocked) return all;
    return all.filter(({ held }) => held).map((wait) => ({ ...wait, what: undefined }));
  }
}
