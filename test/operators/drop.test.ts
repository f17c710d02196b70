import { drop } from '../../lib/operators/drop.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { typed } from '../helpers/typed.js';

describe('drop', () => {
  stageGives('drop(count) emits all items but the first count', [1, 2, 3], () => drop(2), [3]);
  stageGives('drop(count) emits nothing when there are no more', [1, 2], () => drop(2), []);
  stageGives('drop(count) emits nothing when there are fewer', [1, 2], () => drop(9), []);
  stageGives('drop(0) emits all items', [1, 2], () => drop(0), [1, 2]);
  stageGives('drop(count) of nothing emits nothing', [], () => drop(1), []);
  stageGives('drop(count) counts undefined as an item', [undefined, 1], () => drop(1), [1]);
  refusesCounts(
    (count) => `drop(${count})`,
    (count) => drop(count),
    { who: 'drop', name: 'count', least: 0 },
  );

  goesByName('drop', (options) => [[1, 2], drop(1, options), toArray()]);

  it('drop infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 3), drop(1), toArray()));
  });
});
