import { expect } from 'chai';
import {
  count,
  deadLetter,
  filter,
  find,
  flatMap,
  forEach,
  groupBy,
  join,
  map,
  mergeSorted,
  partition,
  pipeline,
  push,
  range,
  type Stage,
  type StageError,
  scan,
  sort,
  takeWhile,
  tally,
  tap,
  toArray,
  top,
  uniq,
} from '../../lib/index.js';
import { exactly } from './same.js';

const mixed: (number | string)[] = [1, 'a'];
const isText = (item: unknown): item is string => typeof item === 'string';

describe('types of onError are inferred without annotations', () => {
  it('its item, and what it answers beside what the callback does', async () => {
    const plain = await pipeline(
      range(0, 1),
      map((x) => `${x}`, { onError: (error, item) => exactly<number>()(item) + typeof error }),
      toArray(),
    );
    exactly<string[]>()(plain);
    const joined = await pipeline(
      range(0, 1),
      map((x) => `${x}`, { onError: async (_, item) => ({ item }) }),
      map((x) => exactly<string | { item: number }>()(x)),
      toArray(),
    );
    expect(exactly<(string | { item: number })[]>()(joined)).to.deep.equal(['0']);
  });

  it('nothing more of skip and fail', async () => {
    const skipping = await pipeline(
      range(0, 1),
      map((x) => `${x}`, { onError: 'skip' }),
      map((text) => exactly<string>()(text), { onError: 'fail' }),
      toArray(),
    );
    expect(exactly<string[]>()(skipping)).to.deep.equal(['0']);
    exactly<Stage<string, number>>()(map((text: string) => text.length, { onError: 'skip' }));
  });

  it('the items of the iterable that it answers for flatMap', async () => {
    const items = await pipeline(
      range(0, 1),
      flatMap((x) => [x], { onError: (_, x) => new Set([`${exactly<number>()(x)}`]) }),
      toArray(),
    );
    expect(exactly<(number | string)[]>()(items)).to.deep.equal([0]);
  });

  it('what a filter narrows to, when it can only say no', async () => {
    const kept = await pipeline(mixed, filter(isText, { onError: () => false }), toArray());
    expect(exactly<string[]>()(kept)).to.deep.equal(['a']);
    const taken = await pipeline(mixed, takeWhile(isText, { onError: () => false }), toArray());
    expect(exactly<string[]>()(taken)).to.deep.equal([]);
    const found = await pipeline(mixed, find(isText, { onError: () => false }));
    expect(exactly<string | undefined>()(found)).to.equal('a');
  });

  it('no narrower items when it may say yes', async () => {
    const kept = await pipeline(
      mixed,
      filter((x) => typeof x === 'string', { onError: (_, x) => x === 1 }),
      toArray(),
    );
    expect(exactly<(number | string)[]>()(kept)).to.deep.equal(['a']);
    const found = await pipeline(
      mixed,
      find((x) => typeof x === 'string', { onError: () => true }),
    );
    expect(exactly<number | string | undefined>()(found)).to.equal('a');
  });

  it('the record of a dead letter, and that the stage goes on as with skip', async () => {
    const heard: number[] = [];
    const onError = deadLetter<number>(
      forEach(({ item, error }) => {
        heard.push(exactly<number>()(item), exactly<number | undefined>()(error.index) ?? -1);
      }),
    );
    const odd = (x: number): string => {
      if (x === 1) throw new Error('broken on purpose');
      return `${x}`;
    };
    const texts = await pipeline(range(0, 3), map(odd, { onError }), toArray());
    expect(exactly<string[]>()(texts)).to.deep.equal(['0', '2']);
    expect(heard).to.deep.equal([1, 1]);
    const inline = await pipeline(
      range(0, 1),
      map((x) => `${x}`, {
        onError: deadLetter(forEach(({ error }) => exactly<StageError>()(error))),
      }),
      toArray(),
    );
    exactly<string[]>()(inline);
  });

  it("the value of scan, and a sink's answer", async () => {
    const texts = await pipeline(
      range(0, 2),
      tap((x) => x, { onError: (_, x) => exactly<number>()(x) }),
      scan((text, x) => text + x, '', { onError: (_, x) => `${exactly<number>()(x)}` }),
      toArray(),
    );
    expect(exactly<string[]>()(texts)).to.deep.equal(['0', '01']);
    const producer = push(
      map((x: number) => x + 1),
      forEach((x) => x > 1, { onError: (_, x) => x.toFixed() }),
    );
    expect(exactly<string | boolean | undefined>()(await producer.send(1))).to.equal(true);
    await producer.close();
  });
});

describe('types of onError beside a key', () => {
  it('are those of the item and the key', async () => {
    const onError = (_: unknown, text: string) => exactly<string>()(text).length;
    const counted = await pipeline(
      ['a'],
      tally((text) => text.length, { onError: (_, text) => exactly<string>()(text).length }),
    );
    expect(exactly<[number, number][]>()(counted)).to.deep.equal([[1, 1]]);
    const grouped = await pipeline(
      ['a'],
      groupBy(
        (text) => text.length,
        () => count(),
        { onError },
      ),
    );
    expect(exactly<Map<number, number>>()(grouped)).to.deep.equal(new Map([[1, 1]]));
    const routed = await pipeline(
      ['a'],
      partition((text) => text === 'a', count(), count(), {
        onError: (_, text) => exactly<string>()(text) === '',
      }),
    );
    expect(exactly<[number, number]>()(routed)).to.deep.equal([1, 0]);
    const sorted = await pipeline(
      ['a'],
      uniq({ key: (text) => text.length, onError: (_, text) => exactly<string>()(text) }),
      sort({ by: (text) => text.length, onError: (_, text) => exactly<string>()(text).length }),
      top(1, (text) => text.length, { onError: (_, text) => exactly<string>()(text).length }),
      toArray(),
    );
    expect(exactly<string[]>()(sorted)).to.deep.equal(['a']);
    const merged = mergeSorted(['a'], ['b'], {
      by: (text) => text.length,
      onError: (_, text) => exactly<string>()(text).length,
    });
    expect(exactly<string[]>()(await pipeline(merged, toArray()))).to.deep.equal(['a', 'b']);
    const pairs = join(['a'], [1], {
      on: (item) => item,
      onError: (_, item) => exactly<string | number>()(item),
    });
    expect(exactly<[string, number][]>()(await pipeline(pairs, toArray()))).to.deep.equal([]);
  });
});
