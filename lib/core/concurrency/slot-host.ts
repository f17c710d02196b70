import type { Ack } from '../protocol/ack.js';
import type { LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { Meter } from '../protocol/observer.js';
import type { Run } from '../protocol/run.js';
import type { Segment } from '../protocol/segment.js';

/** The host of one slot, so that a wake tells which slot may have an item. Everything else goes to the real host. */
export class SlotHost implements Host {
  readonly wake: () => void;
  segment: Segment;
  acks: readonly Ack[] | undefined;
  blocker: (() => Error) | undefined;
  readonly acknowledged = false;
  readonly #host: Host;

  constructor(host: Host, wake: () => void) {
    this.#host = host;
    this.segment = host.segment;
    this.wake = wake;
  }

  get run(): Run {
    return this.#host.run;
  }

  get context(): LazyContext {
    return this.#host.context;
  }

  get meter(): Meter | undefined {
    return this.#host.meter;
  }

  get segments(): Segment[] {
    return this.#host.segments;
  }

  get idling(): boolean {
    return this.#host.idling;
  }

  due(): boolean {
    return this.#host.due();
  }

  idleSoon(): void {
    this.#host.idleSoon();
  }

  waiting(): number {
    return this.#host.waiting();
  }

  arrived(): void {
    this.#host.arrived();
  }

  endEarly(): void {
    this.#host.endEarly();
  }

  fail(error: unknown): void {
    this.#host.fail(error);
  }
}
