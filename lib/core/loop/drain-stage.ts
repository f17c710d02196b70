import { byteLength } from '../base/byte-length.js';
import { type StageRef, stageError } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import { answerAll } from '../protocol/ack.js';
import type { Drain, DrainHost } from '../protocol/drain.js';
import { type Pull, SKIP, WAIT } from '../protocol/pull.js';
import { closeAll } from '../pulls/close.js';
import { PendingAnswer } from '../pulls/pending-answer.js';
import { TracedInput, tracedDrain } from '../pulls/trace.js';
import type { WaitReport } from '../stall/wait-report.js';
import type { LoopEnds } from './lifecycle.js';

/** The last stage of a loop: its drain, whose name its failures get. */
export class DrainStage<R> {
  readonly ref: StageRef;
  readonly drain: Drain<unknown, R>;
  /** Of the bytes and texts that have come in, if somebody watches what is a stream of bytes. */
  bytes = 0;
  readonly answering: PendingAnswer<unknown>;
  readonly #loop: DrainHost;

  constructor(drain: Drain<unknown, R>, ref: StageRef, loop: DrainHost) {
    this.ref = ref;
    const { trace, observer } = loop.run;
    const weighed = observer && drain.bytes ? this.#weigh(drain) : drain;
    this.drain = trace ? tracedDrain(weighed, ref, trace) : weighed;
    this.answering = new PendingAnswer(loop, (answer) => {
      this.answered(answer);
      loop.unblock();
    });
    this.#loop = loop;
  }

  #weigh(drain: Drain<unknown, R>): Drain<unknown, R> {
    const take: typeof drain.take = (item, context) => {
      this.bytes += byteLength(item);
      return drain.take(item, context);
    };
    return { ...drain, take };
  }

  /** How the loop ends. */
  ends(closeChain: LoopEnds<R>['closeChain'], settled: LoopEnds<R>['settled']): LoopEnds<R> {
    return {
      giveUp: (error) => this.#giveUp(error),
      echoes: (error) => this.#loop.context.echoes(error),
      closeChain,
      restDrain: () => this.drain.rest?.(),
      endDrain: () => this.#end(),
      closeDrain: (error) => closeAll([{ close: () => this.drain.close?.(error) }, this.answering]),
      settled,
    };
  }

  open(): typeof WAIT | void {
    const loop = this.#loop;
    const open = () => this.drain.open?.(loop, this.ref);
    const { observer } = loop.run;
    return observer ? observer.drain(this as DrainStage<unknown>, loop, open) : open();
  }

  take(item: unknown): void {
    const { fold, take } = this.drain;
    const { context } = this.#loop;
    const answer = fold ? fold.ask(item, context) : take(item, context);
    if (answer === WAIT) this.#loop.block();
    else if (isThenable(answer)) this.promised(fold ? fold.later(answer) : answer, item);
    else this.answered(fold ? fold.keep(answer) : answer);
  }

  /** No more items before the answer to this one is there. */
  promised(answer: PromiseLike<unknown>, item: unknown): void {
    this.#loop.block();
    this.answering.start(answer, item);
  }

  answered(answer: unknown): void {
    if (answer !== SKIP) answerAll(this.#loop.acks, answer);
  }

  /** Where the drain's items come from. */
  behind(chain: Pull<unknown>): Pull<unknown> {
    const { trace } = this.#loop.run;
    return trace ? new TracedInput(chain, this.ref, trace, this.#loop) : chain;
  }

  /** What `error` becomes when the drain is to blame. */
  named(...cause: [error: unknown, index?: number, item?: unknown]): unknown {
    return this.drain.transparent ? cause[0] : stageError(this.ref, ...cause);
  }

  /** What is under way is waited for from now on, while the chain is being closed. */
  #giveUp(error: unknown): void {
    this.#loop.context.abort(error);
    this.answering.close()?.catch(() => {});
  }

  async #end(): Promise<R> {
    try {
      return (await this.drain.end?.(this.#loop.context)) as R;
    } catch (error) {
      throw this.named(error);
    }
  }

  /** `blocked`: it takes no item; what it only holds is told in any case. */
  waits(blocked: boolean): readonly WaitReport[] {
    const all = this.drain.waits?.() ?? [{ what: 'what its callback has promised' }];
    if (blocked) return all;
    return all.filter(({ held }) => held).map((wait) => ({ ...wait, what: undefined }));
  }
}
