import { enumerate } from '../../lib/operators/enumerate.js';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { typed } from '../helpers/typed.js';

describe('enumerate', () => {
  stageGives(
    'enumerate() emits each item with its index, from 0',
    ['a', undefined],
    () => enumerate(),
    [
      [0, 'a'],
      [1, undefined],
    ],
  );
  stageGives('enumerate({ start }) counts from start', ['a', 'b'], () => enumerate({ start: 7 }), [
    [7, 'a'],
    [8, 'b'],
  ]);
  stageGives('enumerate() of nothing emits nothing', [], () => enumerate(), []);
  refusesCounts(
    (start) => `enumerate({ start: ${start} })`,
    (start) => enumerate({ start }),
    { who: 'enumerate', name: 'start', least: 0, none: null },
  );

  goesByName('enumerate', (options) => [[1, 2], enumerate(options), toArray()]);

  it('enumerate infers its items', async () => {
    typed<string[]>()(
      await pipeline(
        ['a', 'b'],
        enumerate({ start: 1 }),
        map(([index, item]) => `${typed<number>()(index)} ${typed<string>()(item)}`),
        toArray(),
      ),
    );
  });
});
