import { expect } from 'chai';
import fc from 'fast-check';
import { isMissing, keyOrder } from '../../../lib/core/base/key-order.js';

const earlier = new Date(0);
const later = new Date(1);

/** In the natural order. */
const ordered: readonly unknown[] = [
  false,
  true,
  Number.NEGATIVE_INFINITY,
  -1,
  0,
  1n,
  1.5,
  2n ** 70n,
  Number.POSITIVE_INFINITY,
  '',
  '10',
  '9',
  'Z',
  'a',
  'ä',
  earlier,
  later,
  [],
  [1],
  [1, 'a'],
  [1, 'b'],
  [1, undefined],
  [2],
  [undefined],
];

const missing: readonly unknown[] = [undefined, null, Number.NaN, new Date(Number.NaN)];

const signs = (compare: (a: unknown, b: unknown) => number, keys: readonly unknown[]) =>
  keys.map((a) => keys.map((b) => Math.sign(compare(a, b)) + 0));

const index = (keys: readonly unknown[], sign: number) =>
  keys.map((_, a) => keys.map((__, b) => Math.sign((a - b) * sign) + 0));

describe('keyOrder', () => {
  it('puts booleans, numbers, strings, dates and arrays in their natural order', () => {
    expect(signs(keyOrder({}), ordered)).to.deep.equal(index(ordered, 1));
  });

  it('puts them in the opposite order when descending, arrays with something missing still last', () => {
    const plain = ordered.filter((key) => !(Array.isArray(key) && key.includes(undefined)));
    expect(signs(keyOrder({ descending: true }), plain)).to.deep.equal(index(plain, -1));
    const order = keyOrder({ descending: true });
    expect(order([1, undefined], [1, 'a'])).to.be.above(0);
  });

  it('takes keys of equal value for equal', () => {
    const order = keyOrder({});
    const pairs = [
      [0, -0],
      [1, 1n],
      [new Date(5), new Date(5)],
      [
        [1, ['a']],
        [1, ['a']],
      ],
    ];
    for (const [a, b] of pairs) expect(order(a, b)).to.equal(0);
  });

  for (const descending of [false, true]) {
    it(`puts what is missing last, and takes it for equal, when descending is ${descending}`, () => {
      const order = keyOrder({ descending });
      for (const none of missing) {
        for (const key of ordered) {
          expect(order(none, key)).to.be.above(0);
          expect(order(key, none)).to.be.below(0);
        }
        for (const other of missing) expect(order(none, other)).to.equal(0);
      }
    });
  }

  for (const key of [{}, Object.create(null), new Map(), Symbol('s'), () => 1]) {
    it(`refuses ${Object.prototype.toString.call(key)} as a key, saying what to do`, () => {
      const said = /can't be put in order: answer a number.*, or give compare/;
      expect(() => keyOrder({})(key, 1)).to.throw(TypeError, said);
      expect(() => keyOrder({})(key, key)).to.throw(TypeError, said);
    });
  }

  it('asks compare about keys of any kind, but not about undefined, which is last', () => {
    const asked: unknown[] = [];
    const compare = (a: { x: number } | null, b: { x: number } | null) => {
      asked.push(a, b);
      return (a?.x ?? 0) - (b?.x ?? 0);
    };
    for (const descending of [false, true]) {
      const order = keyOrder({ compare, descending });
      expect(order(undefined, { x: 1 })).to.be.above(0);
      expect(order({ x: 1 }, undefined)).to.be.below(0);
      expect(order(undefined, undefined)).to.equal(0);
      expect(asked).to.deep.equal([]);
      expect(Math.sign(order({ x: 1 }, { x: 2 }))).to.equal(descending ? 1 : -1);
      expect(Math.sign(order(null, { x: 2 }))).to.equal(descending ? 1 : -1);
      asked.length = 0;
    }
  });

  it('is an order: it can be turned round, and is transitive', () => {
    const leaf = fc.constantFrom(...ordered.slice(0, -7), ...missing);
    const key = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }));
    const property = fc.property(key, key, key, fc.boolean(), (a, b, c, descending) => {
      const order = keyOrder({ descending });
      expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).to.equal(0);
      if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).to.be.at.most(0);
    });
    fc.assert(property, { numRuns: 3000 });
  });
});

describe('isMissing', () => {
  it('tells what is no key from what looks like nothing', () => {
    expect(missing.map(isMissing)).to.deep.equal([true, true, true, true]);
    expect([0, -0, '', false, 0n, [], [undefined], {}].map(isMissing)).to.not.include(true);
  });
});
