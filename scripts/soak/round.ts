import type { Place } from './place.js';
import type { Properties } from './properties.js';
import type { Tally } from './tally.js';
import { workloads } from './workloads/index.js';

const REAL_MS = 1500;
/** How many workloads run at once. With more than ten, Node would warn of too many listeners on one signal. */
const LANES = 6;
/** A round that takes this long hangs. */
const HUNG_MS = 180_000;

/** Runs one property, then real workloads concurrently, until all of them are over. */
export async function round(
  place: Place,
  properties: Properties,
  tally: Tally,
  title?: string,
): Promise<void> {
  await beforeLong(tally, async () => {
    await tally.run('properties', () => properties.run(place.random, title));
    const until = performance.now() + REAL_MS;
    const lane = async (): Promise<void> => {
      while (performance.now() < until) {
        const workload = place.random.from(workloads);
        await tally.run(workload.name, () => workload(place));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  });
}

/** Ends the process if the work hangs, because a hung run can't be ended in any other way. */
async function beforeLong(tally: Tally, work: () => Promise<void>): Promise<void> {
  const timer = setTimeout(() => {
    console.error(`soak: HUNG for ${HUNG_MS / 1000} s: ${tally.under.join(', ')}`);
    process.exit(1);
  }, HUNG_MS);
  await work();
  clearTimeout(timer);
}
