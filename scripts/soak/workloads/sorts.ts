import assert from 'node:assert/strict';
import { map, pipeline, range, reduce, sort } from '../../../lib/index.js';
import { Ending } from '../ending.js';
import type { Place } from '../place.js';

/** Sorts more items than fit into its bound, so it uses files. */
export async function sorts(place: Place): Promise<void> {
  const { random, folder } = place;
  const items = 1000 + random.below(3000);
  const step = 7919;
  const ending = new Ending(place, 500);
  const ascending = await ending.of(
    pipeline(
      range(0, items),
      map((n) => ({ key: (n * step) % items })),
      sort<{ key: number }, number>({ by: ({ key }) => key, maxItems: 150, maxRuns: 4, folder }),
      ending.gate(),
      reduce((before: number, { key }: { key: number }) => (key >= before ? key : Infinity), -1),
      ending.options,
    ),
  );
  if (ending.whole) assert.ok(ascending !== undefined && ascending < items);
}
