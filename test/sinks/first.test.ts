import { first } from '../../lib/sinks/first.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { endsEarly } from '../helpers/ends-early.js';
import { sinkGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('first', () => {
  sinkGives('first() results in the first item', [1, 2, 3], () => first(), 1);
  sinkGives(
    'first() results in a first item that is undefined',
    [undefined, 1],
    () => first(),
    undefined,
  );
  sinkGives('first() of nothing results in undefined', [], () => first(), undefined);
  endsEarly('first() ends with the first item', () => first(), 1, 0);

  goesByName('first', (options) => [[1, 2], first(options)]);

  it('first infers its result', async () => {
    typed<number | undefined>()(await pipeline(range(0, 3), first()));
  });
});
