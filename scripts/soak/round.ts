import type { Place } from './place.js';
import type { Properties } from './properties.js';
import type { Tally } from './tally.js';
import { workloads } from './workloads/index.js';

const REAL_MS = 1500;
/** So many workloads side by side; more than ten would have Node warn of the listeners on one signal. */
const LANES = 6;
/** Nothing takes as long as this but what never ends. */
const HUNG_MS = 180_000;

/** A property of the tests, then real work side by side; when it is over, nothing is left of it. */
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

/** Nobody could end what hangs, so the process does. */
async function beforeLong(tally: Tally, work: () => Promise<void>): Promise<void> {
  const timer = setTimeout(() => {
    console.error(`soak: HUNG for ${HUNG_MS / 1000} s: ${tally.under.join(', ')}`);
    process.exit(1);
  }, HUNG_MS);
  await work();
  clearTimeout(timer);
}
