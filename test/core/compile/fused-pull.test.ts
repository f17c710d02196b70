import { expect } from 'chai';
import { mergeSorted } from '../../../lib/junctions/merge-sorted.js';
import { zip } from '../../../lib/junctions/zip.js';
import { batch } from '../../../lib/operators/batch.js';
import { filter } from '../../../lib/operators/filter.js';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { map } from '../../../lib/operators/map.js';
import { sort } from '../../../lib/operators/sort.js';
import { take } from '../../../lib/operators/take.js';
import { tap } from '../../../lib/operators/tap.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { range } from '../../../lib/sources/range.js';
import { compose } from '../../../lib/streams/compose.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { pull } from '../../../lib/streams/pull.js';
import { compiledAfter } from '../../helpers/compiled.js';
import { Counted } from '../../helpers/counted.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

describe('a segment that is pulled item by item', () => {
  noUnhandled();

  const runs: Record<string, (look: <T>(item: T) => void) => unknown> = {
    'by pull()': (look) => [...pull(range(0, 6), tap(look))],
    'by a stage behind it': (look) => pipeline(range(0, 6), tap(look), sort(), toArray()),
    'by concurrent calls': (look) =>
      pipeline(
        range(0, 6),
        tap(look),
        map(async (x) => x, { concurrency: 2 }),
        toArray(),
      ),
    'by a zip': (look) => pipeline(zip(compose(range(0, 6), tap(look))), toArray()),
    'by a merge': (look) =>
      pipeline(mergeSorted(compose(range(0, 6), tap(look)), [1, 2]), toArray()),
  };

  for (const [how, run] of Object.entries(runs)) {
    it(`${how} is compiled once as many items have come as that takes`, async () => {
      let ways = '';
      const look = (): void => {
        const { stack = '' } = new Error('who called?');
        ways += stack.split('\n    at ')[2]?.includes('sluice:segment-') ? 'x' : '.';
      };
      await compiledAfter(3, async () => run(look));
      expect(ways).to.equal('...xxx');
    });
  }

  it('gives nothing but what is asked for', async () => {
    const counted = new Counted();
    const stages = [flatMap((x: number) => [x, x]), filter((x: number) => x % 2 === 1)] as const;
    await compiledAfter(0, () => {
      const items = pull(counted.items(), ...stages);
      expect([items.next().value, items.next().value]).to.deep.equal([1, 1]);
      expect(counted.asked).to.equal(2);
      items.return?.();
    });
    expect(counted.closed).to.equal(true);
  });

  it('goes on where steps hand over what they hold, end early and wait', async () => {
    for (const after of [0, 1, 2, 3, Number.POSITIVE_INFINITY]) {
      const slow = map(async (x: number[]) => x);
      const stages = [
        batch<number>(2),
        slow,
        sort<number[]>({ compare: ([a = 0], [b = 0]) => b - a }),
      ] as const;
      const items = await compiledAfter(after, () =>
        pipeline(range(0, 100), take(5), ...stages, toArray()),
      );
      expect(items, `compiled after ${after}`).to.deep.equal([[4], [2, 3], [0, 1]]);
    }
  });

  it('names the stage that fails, and its item', async () => {
    const fails = map(
      (x: number) => {
        if (x === 2) throw new Error('on purpose');
        return x;
      },
      { name: 'fails' },
    );
    const error = await compiledAfter(0, () =>
      stageFailure(pipeline(range(0, 5), fails, sort(), toArray())),
    );
    expect(error.stage).to.deep.equal({ name: 'fails', position: 1 });
    expect(error).to.include({ index: 2, item: 2 });
    const frame = /^fails \(sluice:segment-\d+:\d+:\d+\)$/;
    const lines = (error.cause as Error).stack?.split('\n    at ') ?? [];
    expect(lines.some((line) => frame.test(line))).to.equal(true);
  });
});
