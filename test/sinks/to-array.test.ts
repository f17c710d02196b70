import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('toArray', () => {
  sinkGives('toArray() results in all items, in order', [3, 1, 2], () => toArray(), [3, 1, 2]);
  sinkGives('toArray() keeps undefined, 0 and ""', [undefined, 0, ''], () => toArray<unknown>(), [
    undefined,
    0,
    '',
  ]);
  sinkGives('toArray() of nothing results in []', [], () => toArray(), []);

  goesByName('toArray', (options) => [[1, 2], toArray(options)]);

  it('toArray infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 3), toArray()));
  });
});
