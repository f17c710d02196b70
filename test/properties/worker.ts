import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEach, type Sink } from '../../lib/index.js';
import { after, type Wait, waits } from './wait.js';

/** The delays for consecutive items, used repeatedly. */
export const paces = fc.array(fc.constantFrom(...waits), { minLength: 1, maxLength: 5 });

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, at) => at);

/** A sink that takes its time over each item, one at a time, and may fail on one of them. */
export class Worker {
  readonly taken: number[] = [];
  readonly sink: Sink<number, void, number>;
  #busy = 0;

  constructor(pace: readonly Wait[], failAt?: number) {
    this.sink = forEach((item: number) => {
      this.#busy += 1;
      expect(this.#busy).to.equal(1);
      return after(pace[this.taken.length % pace.length] as Wait, () => {
        this.#busy -= 1;
        if (this.taken.length === failAt) throw new Error('on purpose');
        this.taken.push(item);
        return item;
      });
    });
  }
}

/** The items as they are asked for, some at once and some after a turn. */
export async function* fed(n: number, pace: readonly Wait[]): AsyncGenerator<number> {
  for (const item of upTo(n)) {
    if (pace[item % pace.length] === 'turn') await turn();
    yield item;
  }
}

/** The same in arrays of those that come at once. */
export async function* fedTogether(n: number, pace: readonly Wait[]): AsyncGenerator<number[]> {
  let together: number[] = [];
  for (const item of upTo(n)) {
    if (pace[item % pace.length] === 'turn') {
      yield together;
      together = [];
      await turn();
    }
    together.push(item);
  }
  yield together;
}

export function expectSubsequence(part: readonly number[], whole: readonly number[]): void {
  let from = 0;
  for (const item of part) {
    from = whole.indexOf(item, from) + 1;
    expect(from, `${item} in its order`).to.be.above(0);
  }
}
