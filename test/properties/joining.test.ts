import { expect } from 'chai';
import fc from 'fast-check';
import { type JoinKind, join, pipeline, pull, toArray } from '../../lib/index.js';
import { inForm, sourceForm } from './source-form.js';
import { TIMEOUT_MS } from './timeout.js';

interface Item {
  readonly key: number | undefined;
  readonly at: number;
}

type Pair = [Item | undefined, Item | undefined];

/** Few different keys, so that many items have partners, and several. */
const rows = fc.array(fc.option(fc.nat(6), { nil: undefined, freq: 8 }), { maxLength: 25 });
const kind = fc.constantFrom<JoinKind>('inner', 'left', 'right', 'outer');

const itemsOf = (keys: readonly (number | undefined)[]): Item[] =>
  keys.map((key, at) => ({ key, at }));
const byKey = (a: Item, b: Item) => (a.key ?? 99) - (b.key ?? 99);
const matches = (a: Item, b: Item) => a.key !== undefined && a.key === b.key;

/** Each with each; first what the left items give, in their order, then what is left of the right ones. */
function nestedLoop(left: readonly Item[], right: readonly Item[], kind: JoinKind): Pair[] {
  const keepsLeft = kind === 'left' || kind === 'outer';
  const keepsRight = kind === 'right' || kind === 'outer';
  const ofLeft = left.flatMap((item): Pair[] => {
    const pairs = right.filter((other) => matches(item, other)).map((other): Pair => [item, other]);
    return pairs.length === 0 && keepsLeft ? [[item, undefined]] : pairs;
  });
  const alone = right.filter((other) => keepsRight && !left.some((item) => matches(item, other)));
  return [...ofLeft, ...alone.map((other): Pair => [undefined, other])];
}

const keyOf = ([left, right]: Pair) => left?.key ?? right?.key ?? 99;
/** What comes in the order of keys, whichever side an item without a partner is from. */
const inAnyOrder = (pairs: readonly Pair[]) =>
  pairs.map(([left, right]) => `${left?.at} ${right?.at}`).sort();

describe('random joins', function () {
  this.timeout(TIMEOUT_MS);
  const on = ({ key }: Item) => key;

  it('give by hash what a nested loop gives, in the same order', async () => {
    const property = fc.asyncProperty(
      rows,
      rows,
      sourceForm,
      sourceForm,
      kind,
      async (left, right, leftForm, rightForm, of) => {
        const [a, b] = [itemsOf(left), itemsOf(right)];
        const sources = [inForm(leftForm, a), inForm(rightForm, b)] as [Item[], Item[]];
        const pairs = await pipeline(join(...sources, { on, kind: of }), toArray());
        expect(pairs).to.deep.equal(nestedLoop(a, b, of));
        expect([...pull(join(a, b, { on, kind: of }))]).to.deep.equal(pairs);
      },
    );
    await fc.assert(property, { numRuns: 1500 });
  });

  it('give of sorted sources what a nested loop gives, in the order of keys', async () => {
    const property = fc.asyncProperty(
      rows,
      rows,
      sourceForm,
      sourceForm,
      kind,
      async (left, right, leftForm, rightForm, of) => {
        const [a, b] = [itemsOf(left).sort(byKey), itemsOf(right).sort(byKey)];
        const sources = [inForm(leftForm, a), inForm(rightForm, b)] as [Item[], Item[]];
        const options = { on, kind: of, strategy: 'sorted' } as const;
        const pairs: Pair[] = await pipeline(join(...sources, options), toArray());
        const expected = nestedLoop(a, b, of);
        expect(inAnyOrder(pairs)).to.deep.equal(inAnyOrder(expected));
        expect(pairs.map(keyOf)).to.deep.equal(expected.map(keyOf).sort((x, y) => x - y));
        const partners = (all: readonly Pair[]) => all.filter(([x, y]) => x && y);
        expect(partners(pairs)).to.deep.equal(partners(expected));
        expect([...pull(join(a, b, options))]).to.deep.equal(pairs);
      },
    );
    await fc.assert(property, { numRuns: 1500 });
  });
});
