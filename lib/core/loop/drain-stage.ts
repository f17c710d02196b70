import { byteLength } from '../base/byte-length.js';
import { type StageRef, stageError } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import { answerAll } from '../protocol/ack.js';
import type { Drain, DrainHost } from '../protocol/drain.js';
import { isPassable, type Passable, type Pull, SKIP, WAIT } from '../protocol/pull.js';
import { closeAll } from '../pulls/close.js';
import { PendingAnswer } from '../pulls/pending-answer.js';
import { TracedInput, tracedDrain } from '../pulls/trace.js';
import type { WaitReport } from '../stall/wait-report.js';

/** The last stage of a loop: its drain, with the name that its failures get and the answers that it gives. */
export class DrainStage<R> {
  readonly ref: StageRef;
  readonly drain: Drain<unknown, R>;
  /** How many bytes have come in, where an observer wants to know and the drain takes a stream of bytes. */
  bytes = 0;
  readonly #loop: DrainHost;
  readonly #answer: PendingAnswer<unknown>;
  /** What gave the item, where that item is through once the drain has answered. */
  #source: Passable<unknown> | undefined;

  constructor(drain: Drain<unknown, R>, ref: StageRef, loop: DrainHost) {
    this.ref = ref;
    const { trace, observer } = loop.run;
    const weighed = observer && drain.bytes ? this.#weigh(drain) : drain;
    this.drain = trace ? tracedDrain(weighed, ref, trace) : weighed;
    this.#answer = new PendingAnswer(loop, (answer) => {
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

  /** The chain is open: what the drain takes from, if that is not the drain itself. */
  behind(chain: Pull<unknown>): Pull<unknown> {
    const { trace } = this.#loop.run;
    return trace ? new TracedInput(chain, this.ref, trace, this.#loop) : chain;
  }

  open(): typeof WAIT | void {
    const loop = this.#loop;
    this.#source = this.#straightSource();
    const open = () => this.drain.open?.(loop, this.ref);
    const { observer } = loop.run;
    return observer ? observer.drain(this as DrainStage<unknown>, loop, open) : open();
  }

  /**
   * Elsewhere an item may still be held or come to several, so the next pull releases its ack. So it does in a traced run:
   * whether an answer comes before the next `ready` must not depend on where a time slice ends.
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

  /** No more items before the answer to this one is there. */
  promised(answer: PromiseLike<unknown>, item: unknown): void {
    this.#loop.block();
    this.#answer.start(answer, item);
  }

  #settle(answer: unknown): void {
    this.answered(answer);
    this.#source?.passed?.();
  }

  /** Gives the answer to the acks of the item in hand. Generated code releases these acks by itself. */
  answered(answer: unknown): void {
    if (answer !== SKIP) answerAll(this.#loop.acks, answer);
  }

  /** What `error` becomes when the drain is to blame. */
  named(...cause: [error: unknown, index?: number, item?: unknown]): unknown {
    return this.drain.transparent ? cause[0] : stageError(this.ref, ...cause);
  }

  /** An answer under way is waited for from now on, while the chain is being closed. */
  giveUp(error: unknown): void {
    this.#loop.context.abort(error);
    this.#answer.close()?.catch(() => {});
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
    return closeAll([{ close: () => this.drain.close?.(error) }, this.#answer]);
  }

  /** `blocked`: the drain takes no item. What it only holds is told in any case. */
  waits(blocked: boolean): readonly WaitReport[] {
    const all = this.drain.waits?.() ?? [{ what: 'what its callback has promised' }];
    if (blocked) return all;
    return all.filter(({ held }) => held).map((wait) => ({ ...wait, what: undefined }));
  }
}
