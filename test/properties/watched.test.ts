import fc from 'fast-check';
import {
  balance,
  branch,
  broadcast,
  forEach,
  groupBy,
  hub,
  partition,
  pipeline,
  pull,
  push,
  reduce,
  type Sink,
  type Stage,
  stats,
} from '../../lib/index.js';
import { accountOf, expectSame, type Note } from '../helpers/account.js';
import { chainOf, failurePoint, inputs, stagesOf } from './chain.js';
import { TIMEOUT_MS } from './timeout.js';
import { watchedSource } from './watched-source.js';

type Parts = readonly Stage<unknown, unknown>[];

const takes = (note: Note): Sink<unknown, unknown> => forEach((x) => note('taken', x));
const folds = (note: Note): Sink<unknown, unknown> =>
  reduce((count: number, x) => {
    note('folded', x);
    return count + 1;
  }, 0);

/** Ends of each kind of drain. */
const ends: Record<string, (note: Note) => Sink<unknown, unknown>> = {
  takes,
  folds,
  branch: (note) => branch(takes(note)),
  broadcast: (note) => broadcast(takes(note), folds(note)),
  balance: (note) => balance(takes(note), folds(note)),
  partition: (note) => partition(() => 'a', new Map([['a', folds(note)]])) as never,
  groupBy: (note) =>
    groupBy(
      (x) => typeof x,
      () => folds(note),
    ) as never,
  hub: (note) => {
    const joined = hub<unknown>();
    joined.join(takes(note));
    return joined;
  },
};

interface Watched {
  readonly stats?: ReturnType<typeof stats>;
}

type Way = (
  note: Note,
  input: readonly unknown[],
  parts: Parts,
  end: Sink<unknown, unknown>,
  options: Watched,
) => Promise<unknown>;

/** Ways of running that call the same generated code, if they can. */
const ways: Record<string, Way> = {
  pipeline: (note, input, parts, end, options) =>
    pipeline([watchedSource('sync', note, input), ...parts, end] as never, options),
  push: async (note, input, parts, end, options) => {
    const join = push as (...all: unknown[]) => ReturnType<typeof push>;
    const producer = join(...parts, end, options);
    // What a stage holds is answered when the producer closes.
    const sends = input.map((item) => producer.send(item as never).catch(() => 'failed'));
    const closed = Promise.allSettled([producer.close()]);
    note('answers', await Promise.all(sends));
    return (await closed)[0].status;
  },
  pull: async (note, input, parts, _, options) => {
    const join = pull as (...all: unknown[]) => Iterable<unknown>;
    for (const item of join(watchedSource('sync', note, input), ...parts, options))
      note('pulled', item);
  },
};

const oneOf = <T>(all: Record<string, T>) => fc.constantFrom(...Object.keys(all));

describe('random chains, watched and not by turns', function () {
  this.timeout(TIMEOUT_MS);

  it('do the same compiled as by plain pulls, whichever way they are run', async () => {
    const property = fc.asyncProperty(
      inputs,
      chainOf({ sync: true }),
      failurePoint,
      oneOf(ways),
      oneOf(ends),
      fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }),
      async (input, chain, point, way, end, turns) => {
        const run = (watch: boolean) => (note: Note) =>
          (ways[way] as Way)(
            note,
            input,
            stagesOf(chain, point, note),
            (ends[end] as (typeof ends)[string])(note),
            watch ? { stats: stats() } : {},
          );
        for (const watch of turns) {
          const plain = await accountOf(Infinity, run(watch));
          expectSame(await accountOf(0, run(watch)), plain, `compiled, watched: ${watch}`);
        }
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });
});
