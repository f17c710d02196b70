import { last } from '../../lib/sinks/last.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('last', () => {
  sinkGives('last() results in the last item', [1, 2, 3], () => last(), 3);
  sinkGives(
    'last() results in a last item that is undefined',
    [1, undefined],
    () => last(),
    undefined,
  );
  sinkGives('last() of nothing results in undefined', [], () => last(), undefined);

  goesByName('last', (options) => [[1, 2], last(options)]);

  it('last infers its result', async () => {
    typed<number | undefined>()(await pipeline(range(0, 3), last()));
  });
});
