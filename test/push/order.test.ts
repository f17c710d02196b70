import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { batch } from '../../lib/operators/batch.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { push } from '../../lib/push/push.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { Gates } from '../helpers/gates.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

const closed = { code: 'ERR_SLUICE_CLOSED' };

describe('write and send of one Producer', () => {
  noUnhandled();

  it('give their items in the order of the calls', async () => {
    const gates = new Gates<string>();
    const producer = push(forEach(gates.call));
    const sends: Promise<unknown>[] = [];
    producer.write('a');
    producer.write('b');
    sends.push(producer.send('c'));
    producer.write('d');
    sends.push(producer.send('e'), producer.send('f'));
    producer.write('g');
    const closing = producer.close();
    for (const item of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      await quiet(() => gates.asked.length);
      expect(gates.open).to.deep.equal([item]);
      gates.answer(item);
    }
    expect(await Promise.all(sends)).to.deep.equal(['c', 'e', 'f']);
    await closing;
  });

  it('do so where what is written waits because the stream is corked', async () => {
    const producer = push(toArray());
    producer.cork();
    producer.write(1);
    const answer = producer.send(2);
    producer.uncork();
    producer.write(3);
    await answer;
    expect(await producer.close()).to.deep.equal([1, 2, 3]);
  });

  it('do so where the consumer itself gives more within a write', async () => {
    const seen: number[] = [];
    const more: Promise<unknown>[] = [];
    const producer = push(async (x: number) => {
      seen.push(x);
      if (x === 1) {
        producer.write(4);
        more.push(producer.send(5));
      }
      await turn();
    });
    producer.write(1);
    producer.write(2);
    more.push(producer.send(3));
    await quiet(() => seen.length);
    await Promise.all(more);
    await producer.close();
    expect(seen).to.deep.equal([1, 4, 5, 2, 3]);
  });

  it('do so beside a stream that is piped in', async () => {
    const seen: number[] = [];
    const producer = push(async (x: number) => {
      await turn();
      seen.push(x);
    });
    const piped = Readable.from([1, 2, 3]);
    piped.pipe(producer, { end: false });
    await once(piped, 'end');
    await producer.send(4);
    expect(seen).to.deep.equal([1, 2, 3, 4]);
    await producer.close();
  });

  it('count the sends that wait behind what is written against the backlog', async () => {
    const gates = new Gates<number>();
    const producer = push(gates.call, { backlog: 1 });
    for (const x of [1, 2, 3]) producer.write(x);
    const waiting = rejection(producer.send(4));
    expect(await rejection(producer.send(5))).to.have.property('code', 'ERR_SLUICE_BACKLOG');
    producer.destroy();
    expect(await waiting).to.include(closed);
    gates.answer(1);
  });

  it('reject the sends that wait behind what is written when the run fails', async () => {
    const cause = new Error('failed on purpose');
    const gates = new Gates<number>();
    const producer = push(gates.call);
    producer.write(1);
    producer.write(2);
    const waiting = rejection(producer.send(3));
    producer.on('error', () => {});
    gates.reject(1, cause);
    expect(await waiting).to.have.property('cause', cause);
  });

  it('reject those sends with ClosedError when it has ended early', async () => {
    const producer = push(
      map(async (x: number) => turn(x)),
      first(),
    );
    producer.write(1);
    producer.write(2);
    expect(await rejection(producer.send(3))).to.include(closed);
    expect(await producer.close()).to.equal(1);
  });

  let seen: number[] = [];
  const shapes = {
    'a consumer that answers at once': () => push(forEach((x: number) => void seen.push(x))),
    'a consumer that answers later': () =>
      push(async (x: number) => {
        await turn();
        seen.push(x);
      }),
    'stages that hold and split': () =>
      push(
        batch<number>(3),
        flatMap((xs) => xs),
        map(async (x) => turn(x)),
        forEach((x) => void seen.push(x)),
      ),
  };
  for (const [what, make] of Object.entries(shapes))
    it(`give their items in order, however they are mixed, to ${what}`, async () => {
      const acts = fc.array(fc.constantFrom('write', 'send', 'cork', 'uncork', 'turn'), {
        maxLength: 30,
      });
      const mixed = fc.asyncProperty(acts, async (words) => {
        seen = [];
        const producer = make();
        const sends: Promise<unknown>[] = [];
        const does = {
          write: (at: number) => producer.write(at),
          send: (at: number) => sends.push(producer.send(at)),
          cork: () => producer.cork(),
          uncork: () => producer.uncork(),
          turn: () => turn(),
        };
        for (const [at, word] of words.entries()) await does[word](at);
        await producer.close();
        await Promise.all(sends);
        const given = [...words.keys()].filter((at) => /write|send/.test(words[at] ?? ''));
        expect(seen).to.deep.equal(given);
      });
      await fc.assert(mixed);
    });
});
