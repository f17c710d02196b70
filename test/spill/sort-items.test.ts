import { expect } from 'chai';
import { SpillError } from '../../lib/core/base/errors.js';
import { sort } from '../../lib/operators/sort.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Folder } from '../helpers/folder.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { stageFailure } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');
const holes = new Array(3);

describe('sort through files', () => {
  noUnhandled();
  const folder = new Folder();

  describe('keeps items as they are', () => {
    const items: readonly unknown[] = [
      new Date(5),
      new Map([[{ a: 1 }, new Set([1n])]]),
      { deep: [undefined, Number.NaN, -0, holes, 'ä\ud800'] },
      new TypeError('kept', { cause: new Error('too') }),
      Buffer.from('bytes'),
      new Uint8Array([1, 2]),
      new Float64Array([0.5]),
      /x/gu,
      2n ** 70n,
      true,
      'text',
      [[], {}],
      undefined,
    ];

    it('of every kind that can be written', async () => {
      const options = { by: () => 0, maxItems: 3, maxRuns: 2, folder: folder.path };
      const out = await pipeline(items, sort(options), toArray());
      expect(out).to.deep.equal(items);
      expect(Buffer.isBuffer(out[4])).to.equal(true);
      expect(Object.getPrototypeOf(out[5])).to.equal(Uint8Array.prototype);
      expect((out[3] as Error).stack).to.equal((items[3] as Error).stack);
    });

    it('and views of bytes with bytes of their own, as many as they have', async () => {
      const kinds = [
        Buffer.from('text'),
        new Uint8Array(3),
        new Float64Array(2),
        new BigInt64Array(1),
      ];
      const views = [...kinds, new DataView(new ArrayBuffer(5))].flatMap((b) => [{ b }, { b }]);
      const options = { by: () => 0, maxItems: 5, maxRuns: 2, folder: folder.path };
      const out = await pipeline(views, sort(options), toArray());
      expect(out).to.deep.equal(views);
      expect(out.map(({ b }) => b.constructor)).to.deep.equal(views.map(({ b }) => b.constructor));
      expect(out.map(({ b }) => b.buffer.byteLength)).to.deep.equal(
        views.map(({ b }) => b.byteLength),
      );
    });

    it('and bytes stay their own when later blocks have been read', async () => {
      const bytes = Array.from({ length: 3000 }, (_, at) => Buffer.from(`${at}`.padStart(8, '0')));
      const options = { compare: Buffer.compare, maxItems: 100, maxRuns: 3, folder: folder.path };
      const out = await pipeline(bytes.toReversed(), sort(options), toArray());
      expect(out.map(String)).to.deep.equal(bytes.map(String));
    });
  });

  describe('refuses what would not come back', () => {
    class Money {
      readonly amount: number;
      constructor(amount: number) {
        this.amount = amount;
      }
    }
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const lost: Record<string, [item: unknown, reason: string]> = {
      'an object of a class': [new Money(1), 'the class of Money would be lost'],
      'one inside another': [[{ price: new Money(1) }], 'the class of Money would be lost'],
      'one in a map': [new Map([['price', new Money(1)]]), 'the class of Money would be lost'],
      'a URL': [new URL('http://localhost/'), 'the class of URL would be lost'],
      'an error with a code': [
        Object.assign(new Error('x'), { code: 'E' }),
        'code of an error would be lost',
      ],
      'a symbol as a key': [{ [Symbol('s')]: 1 }, 'the key Symbol(s) would be lost'],
      'an object without a prototype': [
        Object.create(null),
        'the missing prototype of an object would be lost',
      ],
      'a function': [() => 1, 'could not be cloned'],
      'a symbol': [Symbol('s'), 'Symbol(s) could not be cloned'],
      'a promise': [{ later: Promise.resolve() }, 'the class of Promise would be lost'],
    };
    for (const [what, [item, reason]] of Object.entries(lost)) {
      it(`${what}, naming the item`, async () => {
        const input = [0, 1, circle, item, 4];
        const stage = sort({ by: () => 0, maxItems: 5, folder: folder.path });
        const error = await stageFailure(pipeline(input, stage, drain()));
        expect(error).to.deep.include({ stage: { name: 'sort', position: 1 }, index: 3 });
        expect(error.item).to.equal(item);
        expect(error.cause).to.be.instanceOf(SpillError);
        expect(error.message).to.contain(reason).and.to.contain('give pack and unpack');
      });
    }

    it('a key that would not come back', async () => {
      const stage = sort({
        by: (x: number) => new Money(x),
        compare: () => 0,
        maxItems: 1,
        folder: folder.path,
      });
      const error = await stageFailure(pipeline([7], stage, drain()));
      expect(error.message).to.contain('the class of Money would be lost');
    });

    it('but not as long as everything fits into memory', async () => {
      const items = [new Money(2), new Money(1)];
      expect(await pipeline(items, sort({ by: ({ amount }) => amount }), toArray())).to.deep.equal(
        items.toReversed(),
      );
    });

    it('unless pack and unpack say how', async () => {
      const money = Array.from({ length: 50 }, (_, at) => new Money(50 - at));
      const stage = sort({
        by: (item: Money) => item.amount,
        pack: ({ amount }) => amount,
        unpack: (amount) => new Money(amount),
        maxItems: 5,
        maxRuns: 3,
        folder: folder.path,
      });
      const out = await pipeline(money, stage, toArray());
      expect(out).to.deep.equal(money.toReversed());
      for (const item of out) expect(item).to.be.instanceOf(Money);
    });

    it('and blames the item whose pack throws, and itself when unpack does', async () => {
      const fails = () => {
        throw cause;
      };
      const keeps = (item: number) => item;
      const options = { maxItems: 2, folder: folder.path };
      const packing = sort({
        ...options,
        pack: (x: number) => (x === 1 ? fails() : x),
        unpack: keeps,
      });
      expect(await stageFailure(pipeline([3, 1], packing, drain()))).to.include({
        index: 1,
        item: 1,
        cause,
      });
      const unpacking = sort({ ...options, pack: keeps, unpack: fails });
      expect(await stageFailure(pipeline([3, 1, 2], unpacking, drain()))).to.include({
        index: undefined,
        cause,
      });
    });
  });
});
