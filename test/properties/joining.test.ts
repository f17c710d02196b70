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

/**
 * The model of a join: compares each item with each. Left items come first, in their order, then unmatched right ones.
 */
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

type Sources = [Item[], Item[]];

/** Two lists, both in any form to read them from, and what to do with what has no partner. */
const joins = (
  order: (items: Item[]) => Item[],
  check: (lists: Sources, sources: Sources, kind: JoinKind) => Promise<void>,
) =>
  fc.asyncProperty(rows, rows, sourceForm, sourceForm, kind, (left, right, one, other, of) => {
    const lists: Sources = [order(itemsOf(left)), order(itemsOf(right))];
    return check(lists, [inForm(one, lists[0]), inForm(other, lists[1])] as Sources, of);
  });

describe('random joins', function () {
  this.timeout(TIMEOUT_MS);
  const on = ({ key }: Item) => key;

  it('give by hash what a nested loop gives, in the same order', async () => {
    const asTheyAre = (items: Item[]) => items;
    const property = joins(asTheyAre, async (lists, sources, of) => {
      const pairs = await pipeline(join(...sources, { on, kind: of }), toArray());
      expect(pairs).to.deep.equal(nestedLoop(...lists, of));
      expect([...pull(join(...lists, { on, kind: of }))]).to.deep.equal(pairs);
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('give of sorted sources what a nested loop gives, in the order of keys', async () => {
    const sorted = (items: Item[]) => items.sort(byKey);
    const property = joins(sorted, async (lists, sources, of) => {
      const options = { on, kind: of, strategy: 'sorted' } as const;
      const pairs: Pair[] = await pipeline(join(...sources, options), toArray());
      const expected = nestedLoop(...lists, of);
      expect(inAnyOrder(pairs)).to.deep.equal(inAnyOrder(expected));
      expect(pairs.map(keyOf)).to.deep.equal(expected.map(keyOf).sort((x, y) => x - y));
      const partners = (all: readonly Pair[]) => all.filter(([x, y]) => x && y);
      expect(partners(pairs)).to.deep.equal(partners(expected));
      expect([...pull(join(...lists, options))]).to.deep.equal(pairs);
    });
    await fc.assert(property, { numRuns: 500 });
  });
});
