import { type StageRef, stageError } from '../base/errors.js';
import type { Context } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { Opener } from '../protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import { closeAll, closeNamed } from '../pulls/close.js';
import type { Held } from '../pulls/held-acks.js';
import { HeldInput } from '../pulls/held-input.js';
import { holdsReport, type WaitReport } from '../stall/wait-report.js';
import type { Concurrency } from './options.js';
import type { OutputOrder } from './output-order.js';
import { Slot, type SlotOwner, type Work } from './slot.js';

/** Calls a callback for several items at once, and emits the results in the order that the user chose. */
export class ConcurrentPull<I, O> implements Pull<O>, SlotOwner {
  readonly host: Host;
  readonly work: Work;
  readonly #input: HeldInput<I>;
  readonly #segment: Segment;
  readonly #ref: StageRef;
  readonly #limit: number;
  readonly #order: OutputOrder;
  /** The slots whose call may give more items. */
  readonly #atWork = new Set<Slot>();
  /** The slot whose item was emitted last. */
  #last: Slot | undefined;
  /** How many input items are unfinished: not all of their results have been emitted. */
  #unfinished = 0;
  #ended = false;
  #closed = false;
  #closing: void | Promise<void> = undefined;

  constructor(
    upstream: Opener<I>,
    host: Host,
    ref: StageRef,
    work: Work,
    { limit, order }: Concurrency,
  ) {
    this.host = host;
    this.work = work;
    this.#input = new HeldInput(upstream(host), host);
    // The segment of the input, which was just opened: it counts the items.
    this.#segment = host.segment;
    this.#ref = ref;
    this.#limit = limit;
    this.#order = order();
    if (work.letters) work.letters.locate = (context) => this.#placeOf(context);
  }

  /** New calls are started before a ready item is emitted, to take the place of finished ones. */
  pull(): Pulled<O> {
    this.#input.taken();
    this.#askLast();
    let next = this.#order.next();
    while (this.#hasRoom(next !== undefined)) {
      const started = this.#startOne();
      if (!started) break;
      next ??= this.#order.next();
      // A callback that answers synchronously gains nothing from calls made in advance.
      if (next && started.ready) break;
    }
    if (next) return this.#letGo(next) as O;
    return this.#ended && this.#unfinished === 0 ? END : WAIT;
  }

  #askLast(): void {
    const slot = this.#last;
    this.#last = undefined;
    if (slot) this.#guard(slot, () => slot.ask());
  }

  /**
   * Whether one more call may start. While the reader waits for the oldest call, one more result may wait behind it.
   */
  #hasRoom(next: boolean): boolean {
    const { waiting, stuck } = this.#order;
    const active = this.#unfinished - waiting;
    return this.#atWork.size < this.#limit && active < this.#limit + (stuck && !next ? 1 : 0);
  }

  #startOne(): Slot | undefined {
    const slot = this.#order.start() ?? this.#takeIn();
    if (!slot) return undefined;
    this.#atWork.add(slot);
    this.#guard(slot, () => slot.start());
    return slot;
  }

  #takeIn(): Slot | undefined {
    while (!this.#ended && this.#order.waiting < this.#limit) {
      const item = this.#input.pull();
      if (item === WAIT) return undefined;
      if (item === END) {
        this.#ended = true;
        return undefined;
      }
      const slot = new Slot(item, this.#segment.index, this.#input.hold(), this);
      this.#unfinished += 1;
      if (this.#guard(slot, () => this.#order.admit(slot))) return slot;
    }
    return undefined;
  }

  gave(slot: Slot): void {
    this.#order.ready(slot);
  }

  finished(slot: Slot): void {
    this.#atWork.delete(slot);
    this.#order.over(slot);
    if (!slot.ready) this.#done(slot);
  }

  /** Reported at once, not at the next pull: the reader may be busy with something else. */
  failed(slot: Slot, error: unknown): void {
    if (!this.#closed) this.host.fail(this.#failure(slot, error));
  }

  #letGo(slot: Slot): unknown {
    this.#input.handOn([this.#input.keep(slot.held)]);
    const item = slot.take();
    if (slot.over) this.#done(slot);
    else this.#last = slot;
    return item;
  }

  #done(slot: Slot): void {
    this.#unfinished -= 1;
    this.#input.release(slot.held);
  }

  #guard<T>(slot: Slot, act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.#failure(slot, error);
    }
  }

  /** A failure of one item aborts the calls for the others. */
  #failure(slot: Slot, error: unknown): unknown {
    this.#abort(error);
    return this.#named(slot, error);
  }

  /** Finds the item of a call by the call's context. */
  #placeOf(context: Context): { readonly index: number; readonly acks: Held } | undefined {
    const slot = [...this.#atWork].find((each) => each.context === context);
    return slot && { index: slot.index, acks: slot.held };
  }

  #named({ index, item }: Slot, error: unknown): unknown {
    return stageError(this.#ref, error, index, item);
  }

  #abort(reason: unknown): void {
    for (const { context } of this.#atWork) context.abort(reason);
  }

  waits(): readonly WaitReport[] {
    const waits = [...this.#atWork].flatMap((slot) => slot.waits());
    return [...waits, ...holdsReport(this.#unfinished - this.#atWork.size)];
  }

  /** Closes once: calls that ignore their signal are not waited for a second time. */
  close(): void | Promise<void> {
    if (!this.#closed) this.#closing = this.#close();
    return this.#closing;
  }

  #close(): void | Promise<void> {
    this.#closed = true;
    this.#abort(undefined);
    const slots = [...this.#atWork].map((slot) => ({
      close: () => closeNamed(slot, (error) => this.#named(slot, error)),
    }));
    return closeAll([...slots, this.#input]);
  }
}
