import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcast,
  compose,
  count,
  filter,
  forEach,
  map,
  pipeline,
  pull,
  push,
  range,
  stats,
  type TraceEvent,
  take,
  toArray,
  zip,
} from '../../lib/index.js';
import { compiledAfter } from '../helpers/compiled.js';
import { countRuns } from '../helpers/random-runs.js';
import { chainOf, failurePoint, inputs, stagesOf } from '../properties/chain.js';
import { TIMEOUT_MS } from '../properties/timeout.js';

type Counts = readonly (readonly [name: string, itemsIn: number, itemsOut: number])[];

const countsOf = (run: ReturnType<typeof stats>): Counts =>
  run.read().stages.map(({ stage, itemsIn, itemsOut }) => [stage.name, itemsIn, itemsOut]);

const ignored = (run: Promise<unknown>): Promise<unknown> => run.catch(() => {});

describe('the numbers of items in statistics', function () {
  this.timeout(TIMEOUT_MS);

  it('are those that a trace tells: by plain pulls, compiled, and taken over at any item', async () => {
    const property = fc.asyncProperty(
      inputs,
      chainOf(),
      failurePoint,
      fc.integer({ min: 1, max: 30 }),
      async (input, chain, point, middle) => {
        const emitted = new Map<number, number>();
        const trace = ({ stage, kind }: TraceEvent): void => {
          const { position } = stage;
          if (kind === 'emit') emitted.set(position, (emitted.get(position) ?? 0) + 1);
        };
        const parts = () => [input, ...stagesOf(chain, point), toArray()];
        await ignored(pipeline(parts() as never, { trace } as never));
        const out = [...chain, 'source'].map((_, at) => emitted.get(at) ?? 0);
        for (const after of [Infinity, 0, middle]) {
          const run = stats();
          await compiledAfter(after, () =>
            ignored(pipeline(parts() as never, { stats: run } as never)),
          );
          const told = run.read().stages;
          expect(told.map(({ itemsOut }) => itemsOut)).to.deep.equal([...out, 0]);
          expect(told.map(({ itemsIn }) => itemsIn)).to.deep.equal([0, ...out]);
        }
      },
    );
    countRuns(await fc.check(property, { numRuns: 300 }));
  });

  it('are those of pull as well, as far as it has been pulled', async () => {
    for (const after of [Infinity, 0, 20]) {
      await compiledAfter(after, () => {
        const run = stats();
        const items = pull(
          range(0, 1000),
          filter((x: number) => x % 3 === 0),
          map((x) => [x]),
          { stats: run },
        );
        for (let at = 0; at < 100; at += 1) items.next();
        expect(countsOf(run)).to.deep.equal([
          ['range', 0, 298],
          ['filter', 298, 100],
          ['map', 100, 100],
        ]);
        expect(run.read().ended).to.equal(false);
        items.return?.();
        expect(run.read().ended).to.equal(true);
      });
    }
  });

  for (const after of [Infinity, 0])
    it(`are those of push as well, ${after === 0 ? 'compiled' : 'by plain pulls'}`, async () => {
      await compiledAfter(after, async () => {
        const run = stats();
        const producer = push(
          filter((x: number) => x % 2 === 0),
          map(async (x) => x),
          map((x) => x),
          (x) => x,
          { stats: run },
        );
        for (let at = 0; at < 99; at += 1) await producer.send(at);
        expect(countsOf(run)).to.deep.equal([
          ['producer', 0, 99],
          ['filter', 99, 50],
          ['map', 50, 50],
          ['map', 50, 50],
          ['consumer', 50, 0],
        ]);
        await producer.close();
      });
    });

  it('tell of all branches, and of all sources of a junction', async () => {
    const run = stats();
    await pipeline(
      zip(
        range(0, 50),
        compose(
          range(0, 100),
          map((x) => x),
        ),
      ),
      broadcast(
        compose(
          filter(([x]) => x % 2 === 0),
          count(),
        ),
        compose(take(5), toArray()),
      ),
      { stats: run },
    );
    const { stages } = run.read();
    const told = stages.map((each) => [
      each.stage.name,
      each.kind,
      each.inputs,
      each.itemsIn,
      each.itemsOut,
    ]);
    expect(told).to.deep.equal([
      ['range', 'source', [], 0, 50],
      ['range', 'source', [], 0, 50],
      ['map', 'stage', [1], 50, 50],
      ['zip', 'stage', [0, 2], 100, 50],
      ['broadcast', 'stage', [3], 50, 55],
      ['filter', 'stage', [4], 50, 25],
      ['count', 'sink', [5], 25, 0],
      ['take', 'stage', [4], 5, 5],
      ['toArray', 'sink', [7], 5, 0],
    ]);
    expect(stages.map(({ id }) => id)).to.deep.equal(stages.map((_, at) => at));
    const segments = stages.map(({ segment }) => segment);
    expect(segments).to.deep.equal([0, 0, 0, 0, 0, 1, 1, 2, 2]);
  });

  it('are there while the run is under way', async () => {
    const run = stats();
    const seen: number[] = [];
    await pipeline(
      range(0, 3),
      forEach(async () => {
        await Promise.resolve();
        seen.push(run.read().stages[0]?.itemsOut ?? -1);
      }),
      { stats: run },
    );
    expect(seen).to.deep.equal([1, 2, 3]);
  });
});
