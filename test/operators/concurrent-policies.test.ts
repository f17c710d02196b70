import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import {
  deadLetter,
  type FailedItem,
  flatMap,
  forEach,
  map,
  pipeline,
  push,
  type Stage,
  take,
  toArray,
} from '../../lib/index.js';
import { flaky } from '../helpers/flaky.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Ticking } from '../helpers/ticking.js';
import { watched } from '../helpers/watched.js';

type Fn = (x: number) => Promise<number>;
type Options = NonNullable<Parameters<typeof map<number, number>>[1]>;

const operators: Record<string, (fn: Fn, options: Options) => Stage<number, number>> = {
  map: (fn, options) => map(fn, options),
  flatMap: (fn, options) => flatMap(async (x) => [await fn(x)], options as object),
};

for (const [name, make] of Object.entries(operators)) {
  describe(`${name} with concurrency and onError`, () => {
    noUnhandled();

    /** Calls that are answered when the test says so. */
    const calls = () => {
      const answers = new Map<number, Deferred<number>>();
      const fn = (x: number): Promise<number> => {
        const answer = new Deferred<number>();
        answers.set(x, answer);
        return answer.promise;
      };
      return { fn, answers };
    };

    it(`writes each item with its own index, in the order they fail, and keeps that of the others`, async () => {
      const records: FailedItem<number>[] = [];
      const onError = deadLetter(forEach((record: FailedItem<number>) => records.push(record)));
      const { fn, answers } = calls();
      const run = pipeline([7, 8, 9], make(fn, { concurrency: 3, onError }), toArray());
      await quiet(() => answers.size);
      answers.get(9)?.reject(new Error('nine'));
      await quiet(() => records.length);
      answers.get(7)?.reject(new Error('seven'));
      await quiet(() => records.length);
      answers.get(8)?.resolve(8);
      expect(await run).to.deep.equal([8]);
      expect(
        records.map(({ item, error }) => [item, error.index, String(error.cause)]),
      ).to.deep.equal([
        [9, 2, 'Error: nine'],
        [7, 0, 'Error: seven'],
      ]);
    });

    it('answers a send with undefined once its record is taken, and no other send before', async () => {
      const taken = new Deferred<void>();
      const onError = deadLetter(forEach(() => taken.promise));
      const { fn, answers } = calls();
      const producer = push(
        make(fn, { concurrency: 2, onError }),
        forEach((x: number) => x * 10),
      );
      const [first, second] = [watched(producer.send(1)), watched(producer.send(2))];
      await quiet(() => answers.size);
      answers.get(1)?.reject(new Error('one'));
      answers.get(2)?.resolve(2);
      await quiet(() => [first.state, second.state].join());
      expect([first.state, second.state, second.value]).to.deep.equal(['pending', 'resolved', 20]);
      taken.resolve();
      await quiet(() => first.state);
      expect([first.state, first.value]).to.deep.equal(['resolved', undefined]);
      await producer.end();
    });

    it('lets a slow item that is dropped make way for those behind it', async () => {
      const { fn, answers } = calls();
      const run = pipeline([1, 2], make(fn, { concurrency: 2, onError: 'skip' }), toArray());
      await quiet(() => answers.size);
      answers.get(2)?.resolve(2);
      answers.get(1)?.reject(new Error('one'));
      expect(await run).to.deep.equal([2]);
    });

    it('asks onError nothing once another item has failed the run', async () => {
      const asked: number[] = [];
      const { fn, answers } = calls();
      const onError = (_: unknown, item: number): never => {
        asked.push(item);
        throw new Error('handled badly on purpose');
      };
      const run = pipeline([1, 2], make(fn, { concurrency: 2, onError }), toArray());
      await quiet(() => answers.size);
      answers.get(1)?.reject(new Error('one'));
      await quiet(() => asked.length);
      answers.get(2)?.reject(new Error('two'));
      await rejection(run);
      expect(asked).to.deep.equal([1]);
    });
  });

  describe(`${name} with concurrency and retry`, () => {
    const time = new Ticking();
    noUnhandled();

    it('waits for no attempt when the run ends', async () => {
      const { fn, calls } = flaky(9);
      const retry = { attempts: 9, delayMs: 50 };
      const either: Fn = async (x) => (x === 0 ? x : fn(x));
      const stage = make(either, { concurrency: 2, order: 'completion', retry });
      const watch = watched(pipeline([1, 0], stage, take(1), toArray()));
      await quiet(() => watch.state);
      expect([watch.value, time.timers]).to.deep.equal([[0], 0]);
      expect(calls).to.have.lengthOf(1);
    });
  });
}
