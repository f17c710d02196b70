import { byteLength } from '../base/byte-length.js';
import { type StageRef, stageError } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import { answerAll } from '../protocol/ack.js';
import type { Drain, DrainHost } from '../protocol/drain.js';
import { enterParts } from '../protocol/part.js';
import { isPassable, type Passable, type Pull, SKIP, WAIT } from '../protocol/pull.js';
import { closeAll } from '../pulls/close.js';
import { PendingAnswer } from '../pulls/pending-answer.js';
import { TracedInput, tracedDrain } from '../pulls/trace.js';
import type { WaitReport } from '../stall/wait-report.js';

/** The last stage of a loop: calls the drain, names its failures, and gives its answers to the acks. */
export class DrainStage<R> {
  readonly ref: StageRef;
  readonly drain: Drain<unknown, R>;
  /** How many bytes have come in; counted if the run has statistics and the drain takes bytes. */
  bytes = 0;
  readonly #loop: DrainHost;
  readonly #pendingAnswer: PendingAnswer<unknown>;
  /** The source, if an item is done as soon as the drain has answered it. */
  #source: Passable<unknown> | undefined;

  constructor(drain: Drain<unknown, R>, ref: StageRef, loop: DrainHost) {
    this.ref = ref;
    const { trace, observer } = loop.run;
    const weighed = observer && drain.bytes ? this.#weigh(drain) : drain;
    this.drain = trace ? tracedDrain(weighed, ref, trace) : weighed;
    this.#pendingAnswer = new PendingAnswer(loop, (answer) => {
      this.#settle(answer);
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

  /** Returns the chain as the drain reads it: traced, if there is a trace. */
  inputFrom(chain: Pull<unknown>): Pull<unknown> {
    const { trace } = this.#loop.run;
    return trace ? new TracedInput(chain, this.ref, trace, this.#loop) : chain;
  }

  open(): typeof WAIT | void {
    const loop = this.#loop;
    this.#source = this.#straightSource();
    enterParts(this.drain, loop);
    const open = () => this.drain.open?.(loop, this.ref);
    const { observer } = loop.run;
    return observer ? observer.drain(this as DrainStage<unknown>, loop, open) : open();
  }

  /**
   * Only in a straight segment. Elsewhere an item may be held or become several, so the next pull of the source
   * releases its ack. The next pull does so in a traced run, too: whether an answer comes before the next `ready` must
   * not depend on where a time slice ends.
   */
  #straightSource(): Passable<unknown> | undefined {
    const { run, acknowledged, segment, segments } = this.#loop;
    const source = segment.head?.source;
    const isStraight = acknowledged && !run.trace && segments.length === 1 && segment.straight;
    return isStraight && source && isPassable(source) ? source : undefined;
  }

  take(item: unknown): void {
    const { fold, take } = this.drain;
    const { context } = this.#loop;
    const answer = fold ? fold.ask(item, context) : take(item, context);
    if (answer === WAIT) this.#loop.block();
    else if (isThenable(answer)) this.promised(fold ? fold.later(answer) : answer, item);
    else this.#settle(fold ? fold.keep(answer) : answer);
  }

  /** Waits for the answer before the next item. */
  promised(answer: PromiseLike<unknown>, item: unknown): void {
    this.#loop.block();
    this.#pendingAnswer.start(answer, item);
  }

  #settle(answer: unknown): void {
    this.answered(answer);
    this.#source?.passed?.();
  }

  /** Gives the answer to the acks of the current item. Generated code releases these acks itself. */
  answered(answer: unknown): void {
    if (answer !== SKIP) answerAll(this.#loop.acks, answer);
  }

  /** Adds this stage to an error of the drain. */
  named(...cause: [error: unknown, index?: number, item?: unknown]): unknown {
    return this.drain.transparent ? cause[0] : stageError(this.ref, ...cause);
  }

  /** Aborts the drain's signal. The grace period of a pending answer begins now, while the chain is being closed. */
  giveUp(error: unknown): void {
    this.#loop.context.abort(error);
    this.#pendingAnswer.close()?.catch(() => {});
  }

  /** The result, once all items have been taken. */
  async end(): Promise<R> {
    try {
      return (await this.drain.end?.(this.#loop.context)) as R;
    } catch (error) {
      throw this.named(error);
    }
  }

  close(error: unknown): void | Promise<void> {
    return closeAll([{ close: () => this.drain.close?.(error) }, this.#pendingAnswer]);
  }

  /** `blocked`: the drain takes no item. Otherwise only what it holds is reported. */
  waits(blocked: boolean): readonly WaitReport[] {
    const all = this.drain.waits?.() ?? [{ what: 'what its callback has promised' }];
    if (blocked) return all;
    return all.filter(({ held }) => held).map((wait) => ({ ...wait, what: undefined }));
  }
}
