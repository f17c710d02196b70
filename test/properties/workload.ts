import { expect } from 'chai';
import fc from 'fast-check';
import type { Context, Order } from '../../lib/index.js';
import { Scheduler } from '../helpers/scheduler.js';

export const orders = ['input', 'completion', 'key'] as const;
export type OrderName = (typeof orders)[number];

/** A random amount of work, and how it is done. */
export interface Plan {
  readonly count: number;
  readonly concurrency: number;
  readonly order: OrderName;
  readonly keys: number;
  readonly seed: number;
  /** Every nth call returns at once. */
  readonly sync: number;
  /** Whether the sink takes its time. */
  readonly slow: boolean;
  /** The item whose call fails. */
  readonly failAt: number | undefined;
}

export const plans: fc.Arbitrary<Plan> = fc.record({
  count: fc.integer({ min: 0, max: 25 }),
  concurrency: fc.integer({ min: 2, max: 6 }),
  order: fc.constantFrom(...orders),
  keys: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
  sync: fc.integer({ min: 1, max: 5 }),
  slow: fc.boolean(),
  failAt: fc.option(fc.nat(30), { nil: undefined }),
});

export const cause = new Error('broken on purpose');

interface Call {
  readonly item: number;
  readonly signal: AbortSignal;
  over: boolean;
}

type Opened = Iterable<number> | AsyncIterable<number> | Promise<number[]>;

/** What one item is opened to. */
export const partsOf = (item: number): number[] =>
  Array.from({ length: item % 4 }, (_, part) => item * 10 + part);

interface Sent {
  readonly errors: readonly unknown[];
  readonly answers: readonly (readonly [item: number, answer: unknown])[];
}

/** The callback and the sink of a plan, and what they have noted. */
export class Workload {
  readonly scheduler: Scheduler;
  readonly taken: number[] = [];
  readonly calls: Call[] = [];
  mostInFlight = 0;
  mostHeld = 0;
  readonly #plan: Plan;
  #finished = 0;
  #broken = false;
  /** Calls that ended after another had failed, without an aborted signal. */
  readonly #untold: number[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.scheduler = new Scheduler(plan.seed);
    this.scheduler.rested = () => this.#look();
  }

  get items(): number[] {
    return [...Array(this.#plan.count).keys()];
  }

  get order(): Order<number> {
    const { order } = this.#plan;
    return order === 'key' ? (item) => this.key(item) : order;
  }

  readonly key = (item: number): number => item % this.#plan.keys;

  get fails(): boolean {
    const { failAt, count } = this.#plan;
    return failAt !== undefined && failAt < count;
  }

  get #inFlight(): Call[] {
    return this.calls.filter(({ over }) => !over);
  }

  #look(): void {
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight.length);
    this.mostHeld = Math.max(this.mostHeld, this.#finished - this.taken.length);
  }

  begin(item: number, { signal }: Context): Call {
    const call = { item, signal, over: false };
    if (this.#plan.order === 'key')
      for (const other of this.#inFlight) expect(this.key(other.item)).to.not.equal(this.key(item));
    this.calls.push(call);
    this.#look();
    return call;
  }

  end<T>(call: Call, answer: T): T {
    this.#over(call);
    this.#failAfter(call);
    this.#finished += 1;
    return answer;
  }

  #over(call: Call): void {
    call.over = true;
    if (this.#broken && !call.signal.aborted) this.#untold.push(call.item);
  }

  #failAfter({ item }: Call): void {
    if (item !== this.#plan.failAt) return;
    this.#broken = true;
    throw cause;
  }

  /** Some items of one: none, or up to three, from an iterable of one kind or another. */
  readonly open = (item: number, context: Context): Opened => {
    const call = this.begin(item, context);
    const form = item % 3;
    if (form === 0) return this.#later(call);
    if (form === 1) return this.scheduler.later(() => [...this.#now(call)]);
    return this.#now(call);
  };

  *#now(call: Call): Generator<number> {
    try {
      for (const made of partsOf(call.item)) {
        this.#finished += 1;
        yield made;
      }
      this.#failAfter(call);
    } finally {
      if (call.item === this.#plan.failAt) call.over = true;
      else this.#over(call);
    }
  }

  async *#later(call: Call): AsyncGenerator<number> {
    try {
      for (const made of partsOf(call.item)) {
        await this.scheduler.later(() => {});
        this.#finished += 1;
        yield made;
      }
      await this.scheduler.later(() => {});
      this.#failAfter(call);
    } finally {
      if (call.item === this.#plan.failAt) call.over = true;
      else this.#over(call);
    }
  }

  isSync(item: number): boolean {
    return item % this.#plan.sync === 0;
  }

  /** One item of one. */
  readonly work = (item: number, context: Context): number | Promise<number> => {
    const call = this.begin(item, context);
    if (this.isSync(item)) return this.end(call, item);
    return this.scheduler.later(() => this.end(call, item));
  };

  readonly take = (item: number): unknown => {
    this.taken.push(item);
    return this.#plan.slow ? this.scheduler.later(() => `took ${item}`) : `took ${item}`;
  };

  /** Checks what holds in every case: each output is of a call that began, came once, and in the promised order. */
  expectOrder(essence: (item: number) => number = (item) => item): void {
    const { order } = this.#plan;
    expect(new Set(this.taken).size).to.equal(this.taken.length);
    const inOrder = (items: number[]) =>
      expect(items).to.deep.equal([...items].sort((a, b) => a - b));
    if (order === 'input') inOrder(this.taken);
    const key = (item: number) => (order === 'key' ? this.key(essence(item)) : essence(item));
    for (const own of new Set(this.taken.map(key)))
      inOrder(this.taken.filter((item) => key(item) === own));
  }

  /** Sends every item, and answers what became of each send and of the producer. */
  async sendAll(producer: {
    send(item: number): Promise<unknown>;
    close(): Promise<unknown>;
  }): Promise<Sent> {
    const { items, scheduler } = this;
    const answered: number[] = [];
    const send = async (item: number): Promise<unknown> => {
      try {
        return await producer.send(item);
      } finally {
        answered.push(item);
      }
    };
    const sends = Promise.allSettled(items.map(send));
    // No send settled only because the producer was closed.
    if (!this.fails) await scheduler.until(sends);
    const [closed] = await scheduler.until(Promise.allSettled([producer.close()]));
    const settled = await scheduler.until(sends);
    expect(answered.sort((a, b) => a - b)).to.deep.equal(items);
    expect(closed.status).to.equal(this.fails ? 'rejected' : 'fulfilled');
    const rejected = settled.filter(({ status }) => status === 'rejected');
    if (!this.fails) expect(rejected).to.deep.equal([]);
    return {
      errors: (rejected as PromiseRejectedResult[]).map(({ reason }) => reason),
      answers: settled.flatMap((sent, item) =>
        sent.status === 'fulfilled' ? [[item, sent.value] as const] : [],
      ),
    };
  }

  expectBounds(): void {
    expect(this.mostInFlight, 'calls in flight').to.be.at.most(this.#plan.concurrency);
    expect(this.mostHeld, 'results held').to.be.at.most(this.#plan.concurrency);
  }

  /** Every call in progress at the end of the run had its signal aborted. */
  expectTold(): void {
    for (const { signal, over } of this.calls) if (!over) expect(signal.aborted).to.equal(true);
    expect(this.#untold, 'calls that went on untold after one had failed').to.deep.equal([]);
  }
}
