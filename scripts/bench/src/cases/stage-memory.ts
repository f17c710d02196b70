import type { Case } from '../case.js';

export const stageMemory: Case = {
  name: 'stage-memory',
  title: 'Peak memory: items through ten different operators',
  what: 'The integers below n through ten operators, those that hold items among them, into a count.',
  unit: 'MiB',
  sizes: [1e4, 1e6, 1e7],
  quick: 1e3,
  peers: {
    async sluice() {
      const sluice = await import('../sluice.js');
      const { batch, count, drop, enumerate, filter, flatMap, map } = sluice;
      const { pairwise, pipeline, range, scan, take, tap } = sluice;
      return (items) =>
        pipeline(
          range(0, items),
          map((x) => ({ x })),
          filter(({ x }) => x >= 0),
          tap(() => {}),
          enumerate(),
          flatMap(([index, { x }]) => [index + x]),
          scan((_last, x) => x, 0),
          pairwise(),
          batch(10),
          drop(1),
          take(items),
          count(),
        );
    },
  },
};
