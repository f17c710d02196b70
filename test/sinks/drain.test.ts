import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { drain } from '../../lib/sinks/drain.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('drain', () => {
  sinkGives('drain() results in undefined', [1, 2], () => drain(), undefined);
  sinkGives('drain() of nothing results in undefined', [], () => drain(), undefined);

  it('drain() reads all items', async () => {
    const seen: number[] = [];
    await pipeline(
      range(0, 100),
      map((x) => seen.push(x)),
      drain(),
    );
    expect(seen).to.deep.equal(Array.from({ length: 100 }, (_, at) => at));
  });

  goesByName('drain', (options) => [[1, 2], drain(options)]);

  it('drain has no result', async () => {
    typed<void>()(await pipeline(range(0, 3), drain()));
  });
});
