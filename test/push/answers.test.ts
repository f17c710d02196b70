import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { dedupe } from '../../lib/operators/dedupe.js';
import { enumerate } from '../../lib/operators/enumerate.js';
import { filter } from '../../lib/operators/filter.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { compose } from '../../lib/streams/compose.js';
import { Folder } from '../helpers/folder.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

const got = (item: unknown) => `got ${item}`;
const gotLater = async (item: unknown) => {
  await turn();
  return got(item);
};
const laterTwice = async function* (x: number) {
  yield x;
  await turn();
  yield x + 0.5;
};

describe('send', () => {
  noUnhandled();
  const folder = new Folder();

  for (const [kind, consumer] of [
    ['a consumer', got],
    ['an async consumer', gotLater],
  ] as const) {
    it(`answers what ${kind} answers`, async () => {
      const producer = push(consumer);
      expect(await producer.send(3)).to.equal('got 3');
      expect(await producer.send(undefined)).to.equal('got undefined');
    });

    it(`answers what ${kind} answers to what a stage makes of the item`, async () => {
      const producer = push(
        map((x: number) => x * x),
        consumer,
      );
      expect(await producer.send(3)).to.equal('got 9');
    });

    it(`answers undefined when a stage drops the item before ${kind}`, async () => {
      const producer = push(
        filter((x: number) => x > 0),
        consumer,
      );
      expect(await producer.send(-1)).to.equal(undefined);
      expect(await producer.send(1)).to.equal('got 1');
      expect(await Promise.all([-1, 2, -3].map((x) => producer.send(x)))).to.deep.equal([
        undefined,
        'got 2',
        undefined,
      ]);
    });

    for (const [how, expand] of [
      ['an array', (x: number) => Array.from({ length: x }, (_, at) => at)],
      ['a promise of an array', async (x: number) => Array.from({ length: x }, (_, at) => at)],
    ] as const) {
      it(`answers the last answer of ${kind} to items of ${how}`, async () => {
        const producer = push(flatMap<number, number>(expand), consumer);
        expect(await producer.send(3)).to.equal('got 2');
        expect(await producer.send(0)).to.equal(undefined);
        expect(await Promise.all([producer.send(1), producer.send(2)])).to.deep.equal([
          'got 0',
          'got 1',
        ]);
      });
    }

    it(`answers the last answer of ${kind} to items of an async generator`, async () => {
      const producer = push(flatMap(laterTwice), consumer);
      expect(await Promise.all([producer.send(1), producer.send(2)])).to.deep.equal([
        'got 1.5',
        'got 2.5',
      ]);
    });

    it(`answers through async stages one after the other (${kind})`, async () => {
      const log: string[] = [];
      const note = (name: string) =>
        map(async (x: number) => {
          log.push(`${name} ${x}`);
          await turn();
          return x + 1;
        });
      const producer = push(
        note('a'),
        filter(async (x: number) => x !== 2),
        note('b'),
        consumer,
      );
      expect(await Promise.all([0, 1, 2].map((x) => producer.send(x)))).to.deep.equal([
        'got 2',
        undefined,
        'got 4',
      ]);
      expect(log).to.deep.equal(['a 0', 'b 1', 'a 1', 'a 2', 'b 3']);
    });

    it(`answers several senders in the order they sent, one item at a time (${kind})`, async () => {
      let busy = 0;
      const producer = push(async (x: number) => {
        busy += 1;
        expect(busy).to.equal(1);
        const answer = await consumer(x);
        busy -= 1;
        return answer;
      });
      const answered: number[] = [];
      const sender = async (start: number) => {
        for (let x = start; x < start + 5; x += 1) {
          expect(await producer.send(x)).to.equal(`got ${x}`);
          answered.push(x);
        }
      };
      await Promise.all([sender(0), sender(10), sender(20)]);
      expect(answered).to.deep.equal([0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24]);
    });
  }

  it('answers through stages that are composed, and undefined behind an async generator function', async () => {
    const both = () =>
      compose(
        map((x: number) => x + 1),
        tap(() => {}),
      );
    const plusTen = async function* (items: AsyncIterable<number>) {
      for await (const item of items) yield item + 10;
    };
    const producer = push(compose(both(), plusTen), got);
    expect(await push(both(), got).send(1)).to.equal('got 2');
    // What the function makes of an item can't be known.
    expect(await producer.send(1)).to.equal(undefined);
    expect(await Promise.all([producer.send(2), producer.send(3)])).to.deep.equal([
      undefined,
      undefined,
    ]);
    await producer.close();
  });

  it('answers through stages with a state', async () => {
    const producer = push(dedupe<string>(), enumerate(), got);
    const answers = ['a', 'a', 'b'].map((item) => producer.send(item));
    expect(await Promise.all(answers)).to.deep.equal(['got 0,a', undefined, 'got 1,b']);
  });

  it('answers what a sink answers: its value so far, what its callback answers, or undefined', async () => {
    const sum = push(
      compose(
        map((x: number) => x * 2),
        reduce((total: number, x: number) => total + x, 0),
      ),
    );
    expect([await sum.send(1), await sum.send(2)]).to.deep.equal([2, 6]);
    expect(await sum.close()).to.equal(6);

    const each = push(forEach((x: number) => x * 3));
    expect(await each.send(2)).to.equal(6);
    expect(await each.close()).to.equal(undefined);

    const all = push(take<number>(5), toArray<number>());
    expect(await all.send(7)).to.equal(undefined);
    expect(await all.close()).to.deep.equal([7]);
  });

  it('answers undefined once a stream of the user has taken the item, which close flushes', async () => {
    const path = join(folder.path, 'sent.txt');
    const producer = push(map(String), createWriteStream(path));
    expect(await Promise.all([1, 2, 3].map((x) => producer.send(x)))).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    await producer.close();
    expect(folder.text('sent.txt')).to.equal('123');
  });

  it('knows the types of what is sent and what is answered', async () => {
    const producer = push(
      map((x: number) => String(x)),
      (text: string) => text.length,
    );
    typed<number | undefined>()(await producer.send(5));
    const sum = push(reduce((total: number, x: string) => total + x.length, 0));
    typed<number | undefined>()(await sum.send('abc'));
    typed<number>()(await sum.close());
  });

  it('takes an item sent from within the consumer after those that wait already', async () => {
    const seen: number[] = [];
    const inner: Promise<unknown>[] = [];
    const producer = push((x: number): string => {
      seen.push(x);
      if (x < 10) inner.push(producer.send(x + 10));
      return got(x);
    });
    expect(await Promise.all([producer.send(1), producer.send(2)])).to.deep.equal([
      'got 1',
      'got 2',
    ]);
    expect(await Promise.all(inner)).to.deep.equal(['got 11', 'got 12']);
    expect(seen).to.have.members([1, 2, 11, 12]);
    expect(seen.indexOf(1)).to.be.lessThan(seen.indexOf(2));
    expect(await producer.close()).to.equal(undefined);
  });

  it('takes an item sent from within a stage, and from within an answer', async () => {
    const inner: Promise<unknown>[] = [];
    const producer = push(
      tap((x: number) => {
        if (x === 1) inner.push(producer.send(2));
      }),
      gotLater,
    );
    const chained = producer
      .send(1)
      .then((answer) => producer.send(3).then((next) => [answer, next]));
    expect(await chained).to.deep.equal(['got 1', 'got 3']);
    expect(await Promise.all(inner)).to.deep.equal(['got 2']);
  });

  refuses('push without a consumer is refused', () => push({} as never), 'push: needs at least 1');
  refuses(
    'push with a stage at its end is refused',
    () => push(map((x) => x) as never),
    'push: the last argument is a stage',
  );
  for (const backlog of [0, -1, 1.5, Number.NaN, '5' as never]) {
    refuses(
      `push refuses ${backlog} as backlog`,
      () => push(got, { backlog }),
      `push: backlog must be an integer from 1, got ${backlog}`,
    );
  }
});
