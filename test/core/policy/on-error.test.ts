import { expect } from 'chai';
import {
  dedupe,
  dropWhile,
  every,
  filter,
  find,
  flatMap,
  forEach,
  map,
  pipeline,
  push,
  reduce,
  type Stage,
  scan,
  takeWhile,
  tap,
  toArray,
} from '../../../lib/index.js';
import { refuses } from '../../helpers/refuses.js';
import { stageFailure } from '../../helpers/rejection.js';

/** Returns the number; throws for 13. */
const bear = (x: number): number => {
  if (x === 13) throw new RangeError('bad luck');
  return x;
};

const gives = (items: readonly number[], stage: Stage<number, unknown>): Promise<unknown[]> =>
  pipeline(items, stage, toArray());

describe('onError', () => {
  it('may see the error and the item, and answer a promise', async () => {
    const onError = async (error: unknown, item: number) => `${(error as Error).message}: ${item}`;
    expect(await gives([1, 13], map(bear, { onError }))).to.deep.equal([1, 'bad luck: 13']);
  });

  it('of map may not answer null, which is refused with the first error suppressed', async () => {
    const error = await stageFailure(gives([13], map(bear, { onError: () => null })));
    expect(error).to.have.nested.property('cause.code', 'ERR_SLUICE_NULL_ITEM');
    expect(error).to.have.nested.property('suppressed[0].message', 'bad luck');
  });

  it('of filter says whether to keep the item', async () => {
    for (const keep of [true, false]) {
      const onError = () => keep;
      expect(await gives([1, 13, 2], filter(bear, { onError }))).to.deep.equal(
        keep ? [1, 13, 2] : [1, 2],
      );
    }
  });

  it('of tap lets the item go on, whatever it answers; skipped, it does not', async () => {
    expect(await gives([1, 13, 2], tap(bear, { onError: () => null }))).to.deep.equal([1, 13, 2]);
    expect(await gives([1, 13, 2], tap(bear, { onError: 'skip' }))).to.deep.equal([1, 2]);
  });

  it('of takeWhile says whether to go on; skipped, the item does not end the stage', async () => {
    const small = (x: number) => bear(x) < 5;
    const items = [1, 13, 2, 9, 3];
    expect(await gives(items, takeWhile(small, { onError: () => false }))).to.deep.equal([1]);
    expect(await gives(items, takeWhile(small, { onError: () => true }))).to.deep.equal([1, 13, 2]);
    expect(await gives(items, takeWhile(small, { onError: 'skip' }))).to.deep.equal([1, 2]);
  });

  it('of dropWhile says whether to drop on; skipped, the next item is asked about', async () => {
    const small = (x: number) => bear(x) < 5;
    const items = [1, 13, 2, 9, 3];
    expect(await gives(items, dropWhile(small, { onError: () => false }))).to.deep.equal([
      13, 2, 9, 3,
    ]);
    expect(await gives(items, dropWhile(small, { onError: 'skip' }))).to.deep.equal([9, 3]);
  });

  it('of dedupe answers the key; skipped, no key is remembered', async () => {
    const items = [1, 13, 1, 13, 2];
    expect(await gives(items, dedupe({ key: bear, onError: () => 1 }))).to.deep.equal([1, 2]);
    expect(await gives(items, dedupe({ key: bear, onError: 'skip' }))).to.deep.equal([1, 2]);
    expect(await gives(items, dedupe({ key: bear, onError: () => 2 }))).to.deep.equal([
      1, 13, 1, 13,
    ]);
  });

  it('of scan and reduce answers the next value; skipped, the value stays', async () => {
    const add = (sum: number, x: number): number => sum + bear(x);
    const items = [1, 13, 2];
    expect(await gives(items, scan(add, 0, { onError: 'skip' }))).to.deep.equal([1, 3]);
    expect(await gives(items, scan(add, 0, { onError: () => 100 }))).to.deep.equal([1, 100, 102]);
    expect(await pipeline(items, reduce(add, 0, { onError: 'skip' }))).to.equal(3);
    expect(await pipeline(items, reduce(add, 0, { onError: () => 100 }))).to.equal(102);
  });

  it('of scan keeps the value it had when the callback answers null', async () => {
    const add = (sum: number | null, x: number) => (x === 2 ? null : Number(sum) + x);
    const stage = scan(add, 0 as number | null, { onError: 'skip' });
    expect(await pipeline([1, 2, 3], stage, toArray())).to.deep.equal([1, 4]);
  });

  it('of find and every answers in their place; skipped, the item does not count', async () => {
    const isTwo = (x: number) => bear(x) === 2;
    expect(await pipeline([13, 2], find(isTwo, { onError: () => true }))).to.equal(13);
    expect(await pipeline([13, 2], find(isTwo, { onError: 'skip' }))).to.equal(2);
    expect(await pipeline([13, 2], every(isTwo, { onError: 'skip' }))).to.equal(true);
    expect(await pipeline([13, 2], every(isTwo, { onError: () => false }))).to.equal(false);
  });

  it('of flatMap answers the items instead', async () => {
    const twice = (x: number) => [bear(x), x];
    const onError = (_: unknown, x: number) => new Set([`no ${x}`]);
    expect(await gives([1, 13], flatMap(twice, { onError }))).to.deep.equal([1, 1, 'no 13']);
  });

  it('of flatMap is asked about an answer that is no iterable', async () => {
    const heard: unknown[] = [];
    const broken = ((x: number) => x) as unknown as (x: number) => number[];
    const onError = (error: unknown) => {
      heard.push((error as Error).message);
      return ['instead'];
    };
    expect(await gives([1], flatMap(broken, { onError }))).to.deep.equal(['instead']);
    expect(heard).to.deep.equal(['expected an iterable or async iterable, got number']);
  });

  it('answers a send: with undefined for an item that is skipped', async () => {
    const skipping = push(map(bear, { onError: 'skip' }), (x) => x);
    expect([await skipping.send(1), await skipping.send(13)]).to.deep.equal([1, undefined]);
    await skipping.close();
    const sink = push(forEach(bear, { onError: 'skip' }));
    expect([await sink.send(1), await sink.send(13)]).to.deep.equal([1, undefined]);
    await sink.close();
    const answering = push(forEach(bear, { onError: (_, x) => `no ${x}` }));
    expect([await answering.send(1), await answering.send(13)]).to.deep.equal([1, 'no 13']);
    await answering.close();
  });

  it('leaves errors from further up and further down alone', async () => {
    const error = await stageFailure(
      pipeline(
        [1, 13],
        map((x) => x, { onError: 'skip' }),
        map(bear),
        filter(() => true, { onError: 'skip' }),
        forEach(() => {}, { onError: 'skip' }),
      ),
    );
    expect(error.stage).to.deep.equal({ name: 'map(bear)', position: 2 });
  });

  it('keeps the place of an item in the names of later errors', async () => {
    const stage = map(bear, { onError: 'skip' });
    const late = (x: number) => {
      if (x === 2) throw new Error('late');
    };
    const error = await stageFailure(pipeline([1, 13, 2], stage, forEach(late)));
    expect(error.index).to.equal(2);
  });

  for (const [what, options] of Object.entries({
    null: null,
    'a function': () => 'skip',
  })) {
    refuses(
      `is looked for in options only, which can't be ${what}`,
      () => map(bear, options as never),
      'map: options must be an object',
    );
  }
});
