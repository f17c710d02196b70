import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { expect } from 'chai';
import fc from 'fast-check';
import { lostInWriting } from '../../lib/spill/lost-in-writing.js';

/** Also of dates that are none, and of sets whose items have no string, which can't be compared otherwise. */
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

  it('lets an object without a class pass, and ends with what contains itself', () => {
    expect(lost(Object.create(null))).to.equal(undefined);
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(lost(circle)).to.equal(undefined);
  });

  it('does not look twice at what several items share', () => {
    const seen = new Set<object>();
    const shared = { deep: {} };
    lostInWriting([shared], seen);
    expect([...seen]).to.include.members([shared, shared.deep]);
    expect(lostInWriting({ shared }, seen)).to.equal(undefined);
  });
});
