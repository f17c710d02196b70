import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { map } from '../../lib/operators/map.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { Gates } from '../helpers/gates.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const upper = (text: string) => text.toUpperCase();
const numbers = Array.from({ length: 50 }, (_, at) => at);

describe('several producers into one consumer', () => {
  noUnhandled();
  const cause = new Error('failed on purpose');

  it('each get the answers to their own items', async () => {
    const shared = push((text: string) => `got ${text}`);
    const left = push(map(upper), (text: string) => shared.send(text));
    const right = push(
      map((x: number) => x * 2),
      map(String),
      (text) => shared.send(text),
    );
    const sends = [left.send('a'), right.send(1), left.send('b'), right.send(2)];
    expect(await Promise.all(sends)).to.deep.equal(['got A', 'got 2', 'got B', 'got 4']);
    for (const producer of [left, right, shared]) await producer.close();
  });

  it('give it one item at a time, and keep the order of each', async () => {
    const seen: string[] = [];
    let busy = 0;
    const shared = push(async (text: string) => {
      busy += 1;
      expect(busy).to.equal(1);
      await turn();
      seen.push(text);
      busy -= 1;
    });
    const producers = ['a', 'b', 'c'].map((name) =>
      push(
        map((x: number) => `${name}${x}`),
        (text) => shared.send(text),
      ),
    );
    const sends = numbers.flatMap((x) => producers.map((producer) => producer.send(x)));
    await Promise.all(sends);
    for (const name of ['a', 'b', 'c'])
      expect(seen.filter((text) => text.startsWith(name))).to.deep.equal(
        numbers.map((x) => `${name}${x}`),
      );
    for (const producer of [...producers, shared]) await producer.close();
  });

  it('wait for it, each with one item, so that its backlog is not theirs', async () => {
    const gates = new Gates<number>();
    const shared = push(gates.call, { backlog: 2 });
    const producers = [1, 2].map(() => push((x: number) => shared.send(x)));
    const sends = numbers.flatMap((x) => producers.map((producer) => producer.send(x)));
    await quiet(() => gates.asked.length);
    expect(gates.asked).to.deep.equal([0]);
    for (const x of numbers.flatMap((x) => [x, x])) {
      gates.answer(x, x + 1);
      await quiet(() => gates.asked.length);
    }
    expect(await Promise.all(sends)).to.deep.equal(numbers.flatMap((x) => [x + 1, x + 1]));
    for (const producer of [...producers, shared]) await producer.close();
  });

  it('are answered together where a stage behind them holds items', async () => {
    const shared = push(
      batch<number>(2),
      forEach((xs) => xs.join()),
    );
    const [left, right] = [1, 2].map(() => push((x: number) => shared.send(x)));
    expect(await Promise.all([left?.send(1), right?.send(2)])).to.deep.equal(['1,2', '1,2']);
    for (const producer of [left, right, shared]) await producer?.close();
  });

  it('go on when one of them fails or is closed', async () => {
    const shared = push((x: number) => x);
    const refuse = (): never => {
      throw cause;
    };
    const [broken, closing, going] = [map(refuse), map(Number), map(Number)].map((stage) =>
      push(stage, (x: number) => shared.send(x)),
    );
    expect(await stageFailure(broken?.send(1) as Promise<unknown>)).to.include({ cause });
    await closing?.close();
    expect(await going?.send(3)).to.equal(3);
    await rejection(broken?.close() as Promise<unknown>);
    await going?.close();
    await shared.close();
  });

  it('all fail with it', async () => {
    const shared = push((): never => {
      throw cause;
    });
    const producers = [1, 2].map(() => push((x: number) => shared.send(x)));
    for (const producer of producers) {
      const error = await stageFailure(producer.send(1));
      expect(error.message).to.match(/^consumer \(stage 1\) failed.*: failed on purpose$/);
      expect(error).to.include({ cause });
      expect(await rejection(producer.close())).to.equal(error);
    }
    await rejection(shared.close());
  });
});
