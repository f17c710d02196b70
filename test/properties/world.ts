import fc from 'fast-check';
import { Scheduler } from '../helpers/scheduler.js';
import { Ledger, type Parcel } from './ledger.js';

/** What goes wrong, and when: counted in all that happens, whoever it happens to. */
export interface Fault {
  readonly what: 'nothing' | 'fail' | 'abort' | 'stop';
  readonly at: number;
}

export const fault: fc.Arbitrary<Fault> = fc.record({
  what: fc.constantFrom('nothing', 'fail', 'fail', 'abort', 'stop'),
  at: fc.oneof(fc.nat(30), fc.nat(300)),
});

/** How one who is called takes it when the call fails. */
export interface Failing {
  /** The item in hand is not lost: it is tried again, or noted as dropped. */
  readonly absorbed?: ((item: Parcel) => void) | undefined;
  readonly item?: Parcel;
  /** It may be closed while it is at it: then nobody wants to know any more. */
  readonly unwanted?: boolean;
  readonly closing?: boolean;
}

/** All that happens in one run passes through here, in an order of its own, and may go wrong here. */
export class World {
  readonly scheduler: Scheduler;
  readonly ledger: Ledger;
  readonly cause = new Error('broken on purpose');
  readonly #fault: Fault;
  readonly aborting = new AbortController();
  readonly stopping = new AbortController();
  /** The fault has come. */
  broken = false;
  /** Nobody was told of it. */
  absorbed = false;
  /** It came while somebody was closing. */
  closing = false;
  /** Nobody may want to know. */
  unwanted = false;
  /** What was in hand. */
  item: Parcel | undefined;
  opened = 0;
  closed = 0;
  over = false;
  /** What happened after the run was over. */
  late = 0;
  #events = 0;

  constructor(seed: number, fault: Fault, copies: number) {
    this.scheduler = new Scheduler(seed);
    this.ledger = new Ledger(copies);
    this.#fault = fault;
  }

  /** Something happens. */
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

  /** Somebody is called: what is done, at any time. It may fail before it waits, and after. */
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

  /** What is open closes, in its own time. */
  async close(): Promise<void> {
    await this.scheduler.anyTime(() => {});
    this.closed += 1;
  }

  /** The same, and that may fail. */
  async closeOrFail(unwanted = false): Promise<void> {
    await this.close();
    this.event({ closing: true, unwanted });
  }
}
