import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { tap } from '../../lib/operators/tap.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

describe('tap', () => {
  for (const answer of [undefined, null, false, 'other']) {
    stageGives(
      `tap(fn) hands on the item itself when fn answers ${String(answer)}`,
      [1, undefined, ''],
      () => tap(() => answer),
      [1, undefined, ''],
    );
  }
  stageGivesLater(
    'tap(fn) hands on the item itself when fn answers a promise',
    [1, undefined, ''],
    () => tap(async () => 'other'),
    [1, undefined, ''],
  );
  stageGives('tap(fn) of nothing emits nothing', [], () => tap(() => {}), []);
  itemCallback({
    operator: 'tap',
    goOn: undefined,
    run: (items, fn, options) => pipeline(items, tap(fn, options), toArray()),
  });

  it('tap(fn) hands on the same object', async () => {
    const item = { a: 1 };
    const [out] = await pipeline(
      [item],
      tap(() => {}),
      toArray(),
    );
    expect(out).to.equal(item);
  });

  it('tap(fn) lets fn see each item before the next stage does', async () => {
    const log: string[] = [];
    const before = tap(async (x: number) => {
      await turn();
      log.push(`tap ${x}`);
    });
    const after = map((x: number) => log.push(`map ${x}`));
    await pipeline(range(0, 2), before, after, toArray());
    expect(log).to.deep.equal(['tap 0', 'map 0', 'tap 1', 'map 1']);
  });

  it('tap infers its items', async () => {
    typed<number[]>()(
      await pipeline(
        range(0, 3),
        tap((x) => typed<number>()(x)),
        toArray(),
      ),
    );
  });
});
