import { expect } from 'chai';
import { drain, flatMap, map, NullItemError, pipeline, scan, zip } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { stageFailure } from '../helpers/rejection.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown[]>;

describe('trap: null, which a Node stream takes for its end', () => {
  noUnhandled();

  const nulls: Record<string, [name: string, position: number, parts: readonly unknown[]]> = {
    'an array': ['from', 0, [[null]]],
    'a generator': [
      'nothing',
      0,
      [
        function* nothing() {
          yield null;
        },
      ],
    ],
    'a promise among the items': ['from', 0, [[Promise.resolve(null)]]],
    'a side of zip': ['from', 0, [zip([1], [null])]],
    map: ['map', 1, [[1], map(() => null)]],
    'async map': ['map(later)', 1, [[1], map(() => null, { name: 'map(later)' })]],
    scan: ['scan', 2, [[1], map((x) => x), scan(() => null, 1 as unknown)]],
    'an array of flatMap': ['flatMap', 1, [[1], flatMap(() => [null])]],
    'an async generator of flatMap': [
      'flatMap(nothing)',
      1,
      [
        [1],
        flatMap(async function* nothing() {
          yield null;
        }),
      ],
    ],
    'a stage that is a function': [
      'nothing',
      1,
      [
        [1],
        async function* nothing() {
          yield null;
        },
      ],
    ],
  };
  for (const [where, [name, position, parts]] of Object.entries(nulls)) {
    it(`is refused by name when it is null: of ${where}`, async () => {
      const error = await stageFailure(anyPipeline(...parts, drain()));
      expect(error.cause).to.be.instanceOf(NullItemError);
      expect(error.cause).to.have.property('code', 'ERR_SLUICE_NULL_ITEM');
      expect(error.stage).to.deep.include({ name, position });
    });
  }

  it("is refused by name when it is null: of a stage in Node's pipeline", async () => {
    const error = await stageFailure(nodeRun([[1], map(() => null), drain()]));
    expect(error.stage.name).to.equal('map');
    expect(error.cause).to.be.instanceOf(NullItemError);
  });
});
