import fc from 'fast-check';
import { Scheduler } from '../helpers/scheduler.js';
import { Ledger, type Parcel } from './ledger.js';

/** A fault, and the number of the event at which it happens. */
export interface Fault {
  readonly what: 'nothing' | 'fail' | 'abort' | 'stop';
  readonly at: number;
}

export const fault: fc.Arbitrary<Fault> = fc.record({
  what: fc.constantFrom('nothing', 'fail', 'fail', 'abort', 'stop'),
  at: fc.oneof(fc.nat(30), fc.nat(300)),
});

/** How the caller treats an error in a call. */
export interface Failing {
  /** Called with the current item, which is not lost: it is retried, or noted as dropped. */
  readonly absorbed?: ((item: Parcel) => void) | undefined;
  readonly item?: Parcel;
  /** The run may be over before the call settles. Then its error may be dropped. */
  readonly unwanted?: boolean;
  readonly closing?: boolean;
}

/** Every event of one run passes through here. The scheduler decides their order; the fault happens at one of them. */
export class World {
  readonly scheduler: Scheduler;
  readonly ledger: Ledger;
  readonly cause = new Error('broken on purpose');
  readonly #fault: Fault;
  readonly aborting = new AbortController();
  readonly stopping = new AbortController();
  /** The fault has happened. */
  broken = false;
  /** A policy handled it, so no error is reported. */
  absorbed = false;
  /** It happened during a close. */
  closing = false;
  /** Its error may be dropped. */
  unwanted = false;
  /** The item that was being processed. */
  item: Parcel | undefined;
  opened = 0;
  closed = 0;
  over = false;
  /** The number of events after the run was over. */
  late = 0;
  #events = 0;

  constructor(seed: number, fault: Fault, copies: number) {
    this.scheduler = new Scheduler(seed);
    this.ledger = new Ledger(copies);
    this.#fault = fault;
  }

  /** Counts an event, and causes the fault if it is its turn. */
  event(failing: Failing = {}): void {
    if (this.over) this.late += 1;
    const { what, at } = this.#fault;
    this.#events += 1;
    if (this.#events - 1 !== at || what === 'nothing') return;
    this.broken = true;
    if (what === 'fail') this.#fail(failing);
    this.closing = failing.closing ?? false;
    if (what === 'abort') this.aborting.abort('on purpose');
    else this.stopping.abort();
  }

  #fail({ absorbed, item, closing = false, unwanted = false }: Failing): never {
    this.closing = closing;
    this.unwanted = unwanted;
    this.item = item;
    this.absorbed = absorbed !== undefined;
    if (item) absorbed?.(item);
    throw this.cause;
  }

  /** A call of `act` that settles at a random time. The fault may happen before or after the wait. */
  call<T>(act: () => T, failing: Failing = {}): T | Promise<T> {
    this.event(failing);
    return this.scheduler.anyTime(() => {
      if (!this.over) this.event(failing);
      return act();
    });
  }

  open(): void {
    this.opened += 1;
  }

  /** Closes at a random time. */
  async close(): Promise<void> {
    await this.scheduler.anyTime(() => {});
    this.closed += 1;
  }

  /** Closes, and the fault may happen then. */
  async closeOrFail(unwanted = false): Promise<void> {
    await this.close();
    this.event({ closing: true, unwanted });
  }
}
