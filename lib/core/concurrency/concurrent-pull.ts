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

/** Calls a callback with several items at once, and hands on what comes of them in the order that is asked for. */
export class ConcurrentPull<I, O> implements Pull<O>, SlotOwner {
  readonly host: Host;
  readonly work: Work;
  readonly #input: HeldInput<I>;
  readonly #segment: Segment;
  readonly #ref: StageRef;
  readonly #limit: number;
  readonly #order: OutputOrder;
  /** Those of which more may come. */
  readonly #atWork = new Set<Slot>();
  /** Whose item went out last. */
  #last: Slot | undefined;
  /** How many have been taken of which not everything has gone out. */
  #taken = 0;
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
    // That of what was just opened, which knows the place of its items.
    this.#segment = host.segment;
    this.#ref = ref;
    this.#limit = limit;
    this.#order = order();
    if (work.letters) work.letters.locate = (context) => this.#placeOf(context);
  }

  /** What is ready goes out only after new calls have taken the place of those that are done. */
  pull(): Pulled<O> {
    this.#input.taken();
    this.#askLast();
    let next = this.#order.next();
    while (this.#hasRoom(next !== undefined)) {
      const started = this.#startOne();
      if (!started) break;
      next ??= this.#order.next();
      // A callback that answers at once gains nothing by being ahead.
      if (next && started.ready) break;
    }
    if (next) return this.#letGo(next) as O;
    return this.#ended && this.#taken === 0 ? END : WAIT;
  }

  #askLast(): void {
    const slot = this.#last;
    this.#last = undefined;
    if (slot) this.#guard(slot, () => slot.ask());
  }

  /** One more may wait behind the first as long as that is at work and the reader waits for it. */
  #hasRoom(next: boolean): boolean {
    const { waiting, stuck } = this.#order;
    const active = this.#taken - waiting;
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
      this.#taken += 1;
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

  /** At once, not only when asked: whoever reads may be busy with something else. */
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
    this.#taken -= 1;
    this.#input.release(slot.held);
  }

  #guard<T>(slot: Slot, act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.#failure(slot, error);
    }
  }

  /** What is wrong with one item ends the calls for the others. */
  #failure(slot: Slot, error: unknown): unknown {
    this.#abort(error);
    return this.#named(slot, error);
  }

  /** Several items are in hand at once: each call has a context of its own. */
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
    return [...waits, ...holdsReport(this.#taken - this.#atWork.size)];
  }

  /** Once: calls that do not listen are not waited for again. */
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
