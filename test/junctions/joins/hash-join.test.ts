import { expect } from 'chai';
import { BoundError } from '../../../lib/core/base/errors.js';
import { join } from '../../../lib/junctions/join.js';
import { drain } from '../../../lib/sinks/drain.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

const same = (item: number) => item;

describe('join by hash', () => {
  noUnhandled();

  it('join by hash reads the right source before the left one', async () => {
    const log: string[] = [];
    const logging = (name: string) =>
      function* () {
        log.push(`${name} asked`);
        yield 1;
        log.push(`${name} ended`);
      };
    await pipeline(join(logging('left'), logging('right'), { on: same }), drain());
    expect(log).to.deep.equal(['right asked', 'right ended', 'left asked', 'left ended']);
  });

  it('join by hash fails when the right source has more items than it may hold', async () => {
    const error = await stageFailure(
      pipeline(join([1], [1, 2, 3], { on: same, maxItems: 2 }), drain()),
    );
    expect(error).to.include({ index: 2, item: 3 });
    expect(error.cause).to.be.instanceOf(BoundError);
    expect(error.message).to.contain(
      "the right source has more than 2 items: put the smaller source there, raise maxItems, or sort both and use strategy 'sorted'",
    );
  });

  it('join by hash does not hold what can have no partner', async () => {
    const on = (item: number | undefined) => item;
    const right = [undefined, undefined, undefined, 1];
    const source = join([1], right, { on, maxItems: 1 });
    expect(await pipeline(source, toArray())).to.deep.equal([[1, 1]]);
  });

  for (const side of ['left', 'right'])
    it(`join by hash refuses an object as a key of the ${side} source, which would have no partners`, async () => {
      const sources = side === 'left' ? [[new Date(1)], [1]] : [[1], [new Date(1)]];
      const source = join(sources[0] as unknown[], sources[1] as unknown[], { on: (item) => item });
      const error = await stageFailure(pipeline(source, drain()));
      expect(error.message).to.contain(`a key of the ${side} source is an object`);
      expect(error).to.include({ index: 0 });
    });
});
