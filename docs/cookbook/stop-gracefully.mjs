// Stop a consumer on SIGTERM without losing an item: it takes no more items, finishes those in progress, then ends.
import { forEach, interval, map, pipeline } from 'sluice';

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

let taken = 0;
let stored = 0;
await pipeline(
  interval({ everyMs: 1, firstMs: 0 }), // Stands for a queue that never ends.
  map((n) => {
    taken += 1;
    if (n >= 20 && !stop.signal.aborted) process.kill(process.pid, 'SIGTERM');
    return n;
  }),
  map(async (n) => n, { concurrency: 4 }),
  forEach(() => {
    stored += 1;
  }),
  { stop: stop.signal },
);
console.log('nothing lost:', taken === stored);
