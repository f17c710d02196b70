import type { RunStats, StageStats } from '../../lib/observe/measure/run-stats.js';

type Given = Omit<Partial<StageStats>, 'stage'> & { readonly name: string };

/** Statistics of a run. The input of each stage is the stage before, unless `inputs` is given. */
export function runStats(
  stages: readonly Given[],
  given: Partial<Omit<RunStats, 'stages'>> = {},
): RunStats {
  return {
    elapsedMs: 1000,
    ended: false,
    bottleneck: undefined,
    ...given,
    stages: stages.map(
      ({ name, ...stage }, id): StageStats => ({
        id,
        stage: { name, position: id },
        kind: id === 0 ? 'source' : id === stages.length - 1 ? 'sink' : 'stage',
        inputs: id === 0 ? [] : [id - 1],
        segment: 0,
        itemsIn: 0,
        itemsOut: 0,
        bytesIn: undefined,
        bytesOut: undefined,
        busyMs: 0,
        starvedMs: 0,
        blockedMs: 0,
        held: 0,
        ...stage,
      }),
    ),
  };
}

/** A file that is read, changed and written twice, where one stage is slow. */
export const busyRun = (): RunStats =>
  runStats(
    [
      { name: 'read a.csv.gz', itemsOut: 1600, bytesOut: 104_857_600, busyMs: 80, blockedMs: 3920 },
      {
        name: 'a.csv.gz',
        itemsIn: 1600,
        bytesIn: 104_857_600,
        itemsOut: 1_234_567,
        busyMs: 900,
        starvedMs: 80,
        blockedMs: 3020,
      },
      {
        name: 'stage 1 `filter(r => r.status >= 500 && r.path !== "/")`',
        itemsIn: 1_234_567,
        itemsOut: 40_100,
        busyMs: 200,
        starvedMs: 980,
        blockedMs: 2820,
      },
      {
        name: 'stage 2 `map(slow)`',
        itemsIn: 40_100,
        itemsOut: 40_100,
        busyMs: 3880,
        starvedMs: 120,
      },
      {
        name: 'broadcast',
        itemsIn: 40_100,
        itemsOut: 80_200,
        kind: 'stage',
        busyMs: 10,
        starvedMs: 3990,
      },
      {
        name: 'stdout',
        inputs: [4],
        itemsIn: 40_100,
        bytesIn: 2_000_000,
        kind: 'sink',
        segment: 1,
        busyMs: 10,
        starvedMs: 3990,
      },
      {
        name: '--tee 東京.txt',
        inputs: [4],
        itemsIn: 40_100,
        itemsOut: 7,
        segment: 2,
        busyMs: 10,
        starvedMs: 3990,
      },
      {
        name: '東京.txt',
        inputs: [6],
        itemsIn: 7,
        bytesIn: 700,
        segment: 2,
        busyMs: 1,
        starvedMs: 3999,
      },
    ],
    { elapsedMs: 4000, bottleneck: 3 },
  );
