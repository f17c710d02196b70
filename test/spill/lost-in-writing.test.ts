import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { expect } from 'chai';
import fc from 'fast-check';
import { lostInWriting } from '../../lib/spill/lost-in-writing.js';

/** A deep comparison that also handles invalid dates, and sets whose items can't be converted to strings. */
const shown = (value: unknown): string =>
  inspect(value, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null });
const lost = (value: unknown) => lostInWriting(value, new Set());

describe('lostInWriting', () => {
  it('finds nothing in what v8 brings back as it was', () => {
    const property = fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withBoxedValues: true,
      }),
      (value) => {
        expect(shown(deserialize(serialize(value)))).to.equal(shown(value));
        expect(lost(value)).to.equal(undefined);
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });

  it('finds an object of a class wherever it is, and says of which', () => {
    class Money {}
    const around: ((inner: unknown) => unknown)[] = [
      (inner) => inner,
      (inner) => [1, [inner]],
      (inner) => ({ a: { b: inner } }),
      (inner) => new Map([[inner, 1]]),
      (inner) => new Map([[1, inner]]),
      (inner) => new Set([inner]),
      (inner) => new Error('x', { cause: inner }),
    ];
    for (const put of around)
      expect(lost(put(new Money()))).to.equal('the class of Money would be lost');
  });

  it('takes a class that extends one of the known for lost too', () => {
    class List extends Array {}
    class Failure extends Error {}
    expect(lost(new List())).to.equal('the class of List would be lost');
    expect(lost(new Failure())).to.equal('the class of Failure would be lost');
    expect(lost(new AggregateError([], 'several'))).to.equal(
      'the class of AggregateError would be lost',
    );
  });

  it('ends with what contains itself', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(lost(circle)).to.equal(undefined);
  });

  const tag = Symbol('tag');
  const onceRead = /x/g;
  onceRead.lastIndex = 3;
  const lossy: Record<string, [value: object, reason: string]> = {
    'a symbol as a key': [{ [tag]: 1 }, 'the key Symbol(tag)'],
    'a symbol as a key of an array': [Object.assign([1], { [tag]: 1 }), 'the key Symbol(tag)'],
    'a symbol as a key of an error': [
      Object.assign(new Error('x'), { [tag]: 1 }),
      'Symbol(tag) of an error',
    ],
    'a missing prototype': [Object.create(null), 'the missing prototype of an object'],
    'a getter': [
      {
        get total() {
          return 1;
        },
      },
      'the getter or setter total',
    ],
    'a getter in an array': [
      Object.defineProperty([], 0, { get: () => 1, enumerable: true }),
      'the getter or setter 0',
    ],
    'what is not enumerable': [
      Object.defineProperty({}, 'id', { value: 1 }),
      'id, which is not enumerable,',
    ],
    'a property of the Map': [Object.assign(new Map(), { extra: 1 }), 'extra of the Map'],
    'a property of the Set': [Object.assign(new Set(), { extra: 1 }), 'extra of the Set'],
    'a property of the Date': [Object.assign(new Date(0), { extra: 1 }), 'extra of the Date'],
    'a property of the RegExp': [Object.assign(/x/, { extra: 1 }), 'extra of the RegExp'],
    'the place of a RegExp': [onceRead, 'lastIndex of the RegExp'],
    'a property of the String': [
      Object.assign(new String('ab'), { extra: 1 }),
      'extra of the String',
    ],
    'a property of the Number': [Object.assign(new Number(1), { extra: 1 }), 'extra of the Number'],
    'a property of an ArrayBuffer': [
      Object.assign(new ArrayBuffer(1), { extra: 1 }),
      'extra of the ArrayBuffer',
    ],
    'a property of the DataView': [
      Object.assign(new DataView(new ArrayBuffer(1)), { extra: 1 }),
      'extra of the DataView',
    ],
    'a property of the Buffer': [
      Object.assign(Buffer.from('ab'), { extra: 1 }),
      'a property of the Buffer',
    ],
    'a property of a typed array': [
      Object.assign(new Float64Array([Number.NaN]), { extra: 1 }),
      'a property of the Float64Array',
    ],
  };
  for (const [what, [value, reason]] of Object.entries(lossy)) {
    it(`finds ${what}`, () => {
      expect(lost([value])).to.equal(`${reason} would be lost`);
    });
  }

  it('finds nothing in bytes, numbers and boxed text as such', () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    const views = [
      Buffer.from(bytes.buffer, 3, 5),
      bytes.subarray(2, 9),
      new DataView(bytes.buffer, 1),
      new Float64Array(bytes.buffer, 8, 1),
      new BigInt64Array(2),
      new Float32Array([Number.NaN, -0]),
    ];
    const others = [bytes.buffer, new String('ab'), /x/g, Object.assign(['a'], { named: 1 })];
    for (const value of [...views, ...others]) expect(lost(value)).to.equal(undefined);
  });

  it('does not look twice at what several items share', () => {
    const seen = new Set<object>();
    const shared = { deep: {} };
    lostInWriting([shared], seen);
    expect([...seen]).to.include.members([shared, shared.deep]);
    expect(lostInWriting({ shared }, seen)).to.equal(undefined);
  });
});
