import type { Case } from '../case.js';
import { python } from '../programs.js';

const square = (x: number): number => x * x;
const increment = (x: number): number => x + 1;
const lastDigit = (x: number): number => x % 10;

export const push: Case = {
  name: 'push',
  title: 'Push with answers',
  what:
    'The integers below n are sent one by one: square, plus one; the consumer answers with the last digit, and the ' +
    'producer waits for the answer before it sends the next. The sum of the answers.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, push } = await import('../sluice.js');
      return async (items) => {
        const producer = push(map(square), map(increment), lastDigit);
        let sum = 0;
        for (let x = 0; x < items; x += 1) sum += (await producer.send(x)) ?? 0;
        await producer.close();
        return sum;
      };
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) sum += lastDigit(x * x + 1);
      return sum;
    },

    'hand-written loop that awaits': () => async (items) => {
      const send = async (x: number): Promise<number> => lastDigit(x * x + 1);
      let sum = 0;
      for (let x = 0; x < items; x += 1) sum += await send(x);
      return sum;
    },

    'generators as coroutines': () => {
      type Coroutine = Generator<number, void, number>;
      function* stage(next: Coroutine, fn: (x: number) => number): Coroutine {
        let answer = 0;
        for (;;) answer = next.next(fn(yield answer)).value ?? 0;
      }
      function* consumer(): Coroutine {
        let answer = 0;
        for (;;) answer = lastDigit(yield answer);
      }
      const primed = (coroutine: Coroutine): Coroutine => {
        coroutine.next();
        return coroutine;
      };
      return (items) => {
        const first = primed(stage(primed(stage(primed(consumer()), increment)), square));
        let sum = 0;
        for (let x = 0; x < items; x += 1) sum += first.next(x).value ?? 0;
        return sum;
      };
    },

    "Node's streams by hand": async () => {
      const { finished } = await import('node:stream/promises');
      const { transform, writable } = await import('../node-streams.js');
      interface Sent {
        readonly x: number;
        readonly answer: (digit: number) => void;
      }
      return async (items) => {
        const first = transform(({ x, answer }: Sent) => ({ x: square(x), answer }));
        const second = transform(({ x, answer }: Sent) => ({ x: increment(x), answer }));
        const consumer = writable(({ x, answer }: Sent) => answer(lastDigit(x)));
        first.pipe(second).pipe(consumer);
        const send = (x: number) =>
          new Promise<number>((answer) => {
            first.write({ x, answer });
          });
        let sum = 0;
        for (let x = 0; x < items; x += 1) sum += await send(x);
        first.end();
        await finished(consumer);
        return sum;
      };
    },

    'CPython coroutines': python('push'),
  },
  leftOut: 'the libraries: none of them answers the sender.',
};
