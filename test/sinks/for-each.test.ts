import { expect } from 'chai';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Sink } from '../../lib/streams/sink.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

describe('forEach', () => {
  sinkGives(
    'forEach(fn) results in undefined, whatever fn answers',
    [1],
    () => forEach<number, string>(() => 'answer'),
    undefined,
  );
  sinkGives('forEach(fn) of nothing results in undefined', [], () => forEach(() => {}), undefined);
  itemCallback({
    operator: 'forEach',
    goOn: undefined,
    run: (items, fn, options) => pipeline(items, forEach(fn, options)),
  });

  it('forEach(fn) calls fn with each item in order', async () => {
    const seen: number[] = [];
    await pipeline(
      range(0, 3),
      forEach((x) => seen.push(typed<number>()(x))),
    );
    expect(seen).to.deep.equal([0, 1, 2]);
  });

  it('forEach(fn) may answer null, which is no item', async () => {
    expect(
      await pipeline(
        range(0, 3),
        forEach(() => null),
      ),
    ).to.equal(undefined);
  });

  for (const [how, fn] of [
    ['what fn answers', (x: number) => `got ${x}`],
    ['what a promise of fn resolves to', async (x: number) => `got ${x}`],
  ] as const) {
    it(`forEach(fn) answers ${how}, in push`, async () => {
      const producer = push(forEach(fn));
      expect(typed<string | undefined>()(await producer.send(1))).to.equal('got 1');
      expect(await producer.send(2)).to.equal('got 2');
      await producer.close();
    });
  }

  it('forEach types its answer by what fn answers', () => {
    typed<Sink<number, void, string>>()(forEach((x: number) => `got ${x}`));
    typed<Sink<number, void, string>>()(forEach(async (x: number) => `got ${x}`));
  });
});
