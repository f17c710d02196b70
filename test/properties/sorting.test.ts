import { expect } from 'chai';
import fc from 'fast-check';
import { pipeline, pull, sort, take, toArray, top } from '../../lib/index.js';
import { Folder } from '../helpers/folder.js';
import { openFilesIn } from '../helpers/open-files.js';
import { TIMEOUT_MS } from './timeout.js';

interface Item {
  readonly key: number | undefined;
  readonly at: number;
}

/** Few different keys, so that many are equal. */
const keys = fc.array(
  fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -5, max: 5 }) }, fc.constant(undefined)),
  { maxLength: 120 },
);
const bounds = fc.record({
  maxItems: fc.integer({ min: 1, max: 40 }),
  maxRuns: fc.integer({ min: 2, max: 5 }),
});

const itemsOf = (all: readonly (number | undefined)[]): Item[] =>
  all.map((key, at) => ({ key, at }));

/** By `Array.prototype.sort`, which is stable. */
function sorted(items: readonly Item[], descending: boolean): Item[] {
  const direction = descending ? -1 : 1;
  return items.toSorted((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined);
    return (a.key - b.key) * direction;
  });
}

describe('random sorting', function () {
  this.timeout(TIMEOUT_MS);
  const folder = new Folder();
  const by = ({ key }: Item) => key;

  it('gives what Array.prototype.sort gives, whatever the bounds and the number of runs', async () => {
    const property = fc.asyncProperty(
      keys,
      bounds,
      fc.boolean(),
      async (all, bound, descending) => {
        const items = itemsOf(all);
        const out = await pipeline(
          items,
          sort<Item, unknown>({ by, descending, ...bound, folder: folder.path }),
          toArray(),
        );
        expect(out).to.deep.equal(sorted(items, descending));
      },
    );
    await fc.assert(property, { numRuns: 400 });
    expect(await openFilesIn(folder.path)).to.equal(0);
  });

  it('gives the same with compare, in bytes as in items, and in memory', async () => {
    const maxBytes = fc.integer({ min: 1, max: 20_000 });
    const property = fc.asyncProperty(keys, maxBytes, bounds, async (all, bytes, { maxRuns }) => {
      const items = itemsOf(all);
      const compare = (a: Item, b: Item) => (a.key ?? 9) - (b.key ?? 9);
      const expected = items.toSorted(compare);
      const options = { compare, maxBytes: bytes, maxRuns, folder: folder.path };
      expect(await pipeline(items, sort(options), toArray())).to.deep.equal(expected);
      expect([...pull(items, sort({ compare }))]).to.deep.equal(expected);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('closes its files whenever the reader has enough', async () => {
    const property = fc.asyncProperty(keys, bounds, fc.nat(120), async (all, bound, enough) => {
      const items = itemsOf(all);
      const out = await pipeline(
        items,
        sort<Item, unknown>({ by, ...bound, folder: folder.path }),
        take(enough),
        toArray(),
      );
      expect(out).to.deep.equal(sorted(items, false).slice(0, enough));
      expect(await openFilesIn(folder.path)).to.equal(0);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('gives what top gives, as far as that goes', async () => {
    const property = fc.asyncProperty(
      keys,
      fc.nat(30),
      fc.boolean(),
      async (all, size, ascending) => {
        const items = itemsOf(all);
        const out = await pipeline(items, top<Item>(size, by, { ascending }), toArray());
        expect(out).to.deep.equal(sorted(items, !ascending).slice(0, size));
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
