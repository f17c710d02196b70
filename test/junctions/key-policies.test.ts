import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AsyncError,
  type CallbackOptions,
  deadLetter,
  drain,
  type FailedItem,
  forEach,
  join,
  mergeSorted,
  pipeline,
  pull,
  type SourceLike,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { stageFailure } from '../helpers/rejection.js';

type Key = (item: number) => unknown;
type Options = CallbackOptions<number, unknown>;
type Make = (
  left: SourceLike<number>,
  right: SourceLike<number>,
  key: Key,
  options?: Options,
) => AsyncIterable<unknown>;

const joined =
  (strategy: 'hash' | 'sorted'): Make =>
  (left, right, key, options) =>
    join(left, right, { ...options, on: key, kind: 'outer', strategy });

/** Sources with a key for each item of several sources. */
const makes: Record<string, Make> = {
  mergeSorted: (left, right, by, options) => mergeSorted(left, right, { ...options, by }),
  'join by hash': joined('hash'),
  'join of sorted sources': joined('sorted'),
};

const cause = new Error('broken on purpose');
const left = [1, 3, 5];
const right = [1, 4, 5];
/** Fails on an item of either source. */
const failing =
  (later: boolean): Key =>
  (item) => {
    if (item !== 3 && item !== 4) return item;
    if (!later) throw cause;
    return turn().then(() => Promise.reject(cause));
  };
const same: Key = (item) => item;
const all = async (source: AsyncIterable<unknown>) => {
  const items = await pipeline(source, toArray());
  return items;
};

for (const [name, make] of Object.entries(makes)) {
  describe(`the policies of ${name}`, () => {
    noUnhandled();

    for (const [how, key] of [
      ['throws', failing(false)],
      ['rejects', failing(true)],
    ] as const) {
      it(`skip leaves out the items whose key ${how}, as if their source did not have them`, async () => {
        const skipping = make(left, right, key, { onError: 'skip' });
        expect(await all(skipping)).to.deep.equal(await all(make([1, 5], [1, 5], same)));
      });

      it(`take the answer of onError for a key that ${how}`, async () => {
        const heard: unknown[] = [];
        const onError = (error: unknown, item: number) => {
          heard.push(error);
          return item;
        };
        const answering = make(left, right, key, { onError });
        expect(await all(answering)).to.deep.equal(await all(make(left, right, same)));
        expect(heard).to.deep.equal([cause, cause]);
      });

      it(`hand the items whose key ${how} to a dead letter, with their places in their sources`, async () => {
        const letters: FailedItem<unknown>[] = [];
        const onError = deadLetter<number>(forEach((letter) => letters.push(letter)));
        const lettered = make(left, right, key, { onError });
        expect(await all(lettered)).to.deep.equal(await all(make([1, 5], [1, 5], same)));
        expect(letters.map(({ item, error }) => [item, error.index])).to.have.deep.members([
          [3, 1],
          [4, 1],
        ]);
        for (const { error } of letters) expect(error).to.have.property('cause', cause);
      });

      it(`try again when a key ${how}`, async () => {
        const failed = new Set<number>();
        const flaky: Key = (item) => {
          if (failed.has(item)) return item;
          failed.add(item);
          return key(item);
        };
        const retrying = make(left, right, flaky, { retry: { attempts: 2 } });
        expect(await all(retrying)).to.deep.equal(await all(make(left, right, same)));
      });
    }

    it('fail by name with what onError throws, and close both sources', async () => {
      const sources = [new Counted(), new Counted()] as const;
      const worse = new Error('handled badly on purpose');
      const onError = (): never => {
        throw worse;
      };
      const items = sources.map((counted) => counted.later()) as [
        AsyncGenerator<number>,
        AsyncGenerator<number>,
      ];
      const error = await stageFailure(
        pipeline(make(...items, failing(false), { onError }), drain()),
      );
      expect(error).to.include({ cause: worse });
      expect(error).to.have.property('suppressed').that.deep.equals([cause]);
      for (const counted of sources) expect(counted.asked === 0 || counted.closed).to.equal(true);
    });

    it('refuse a dead letter where nothing can be waited for', () => {
      const onError = deadLetter<number>(drain());
      const source = make(left, right, same, { onError }) as never;
      expect(() => [...pull(source)])
        .to.throw()
        .with.property('cause')
        .that.is.instanceOf(AsyncError);
    });
  });
}
