import { count } from '../../lib/sinks/count.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('count', () => {
  sinkGives('count() results in the number of items', ['a', undefined, ''], () => count(), 3);
  sinkGives('count() of nothing results in 0', [], () => count(), 0);

  goesByName('count', (options) => [[1, 2], count(options)]);

  it('count results in a number', async () => {
    typed<number>()(await pipeline(range(0, 3), count()));
  });
});
