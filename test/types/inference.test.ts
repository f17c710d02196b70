import { expect } from 'chai';
import {
  batch,
  broadcast,
  compose,
  dedupe,
  drop,
  dropWhile,
  enumerate,
  filter,
  flatMap,
  forEach,
  from,
  join,
  last,
  map,
  pairwise,
  pipeline,
  pull,
  push,
  range,
  reduce,
  type Sink,
  type Source,
  type Stage,
  sample,
  scan,
  sort,
  take,
  takeWhile,
  tally,
  tap,
  tee,
  toArray,
  top,
  uniq,
  window,
  zip,
  zipLongest,
} from '../../lib/index.js';
import { exactly } from './same.js';

describe('types are inferred without annotations', () => {
  it('through sixteen stages of one pipeline', async () => {
    const result = await pipeline(
      range(0, 10),
      map((x) => x + 1),
      filter((x) => x % 2 === 0),
      map((x) => `${x}`),
      tap((text) => text.length),
      flatMap((text) => [text, text.toUpperCase()]),
      dedupe(),
      enumerate(),
      map(([index, text]) => ({ index, text })),
      take(4),
      drop(1),
      takeWhile(({ index }) => index < 9),
      dropWhile(({ index }) => index < 0),
      pairwise(),
      map(([a, b]) => a.index + b.index),
      scan((sum, x) => sum + x, 0),
      batch(2),
      toArray(),
    );
    expect(exactly<number[][]>()(result)).to.deep.equal([[3, 8]]);
  });

  it('through junctions, as tuples', async () => {
    const zipped = await pipeline(zip(range(0, 2), ['a', 'b'], from([true, false])), toArray());
    exactly<[number, string, boolean][]>()(zipped);
    const longest = await pipeline(zipLongest([1], ['a', 'b'], { fill: null }), toArray());
    exactly<[number | null, string | null][]>()(longest);
    const [left, right] = tee(range(0, 2));
    exactly<Source<number>>()(left);
    const [three] = tee(['a'], { branches: 3 });
    exactly<Source<string>>()(three);
    await Promise.all([pipeline(left, toArray()), pipeline(right, toArray())]);
    expect(zipped).to.deep.equal([
      [0, 'a', true],
      [1, 'b', false],
    ]);
  });

  it('through stages that keep what they need, and joins', async () => {
    const counts = await pipeline(
      join(range(0, 3), ['a', 'bb'], { leftKey: (x) => x, rightKey: (text) => text.length }),
      sort({ by: ([x]) => x, compare: (a, b) => b - a }),
      uniq({ key: ([, text]) => text.toUpperCase() }),
      top(5, ([x]) => x),
      sample(5),
      tally(([, text]) => text),
    );
    expect(exactly<[string, number][]>()(counts)).to.deep.equal([
      ['bb', 1],
      ['a', 1],
    ]);
  });

  it('through stages that go by the items themselves', async () => {
    const counts = await pipeline(['b', 'a', 'b'], top(2), tally());
    expect(exactly<[string, number][]>()(counts)).to.deep.equal([['b', 2]]);
  });

  it('through broadcast and the stages before its sinks', async () => {
    const result = await pipeline(
      range(0, 4),
      map((x) => x * x),
      broadcast(
        reduce((sum, x) => sum + x, 0),
        compose(
          filter((x) => x % 2 === 0),
          map((x) => `${x}`),
          toArray(),
        ),
        forEach((x) => x.toFixed(1)),
      ),
    );
    expect(exactly<[number, string[], void]>()(result)).to.deep.equal([14, ['0', '4'], undefined]);
  });

  it('through compose, in its three forms, and of one part', async () => {
    const source = exactly<Source<string>>()(
      compose(
        range(0, 2),
        map((x) => `${x}`),
      ),
    );
    const stage = exactly<Stage<string, number>>()(
      compose(
        map((text: string) => text.length),
        map((x) => x + 1),
      ),
    );
    exactly<Stage<number, string>>()(compose(map((x: number) => `${x}`)));
    exactly<Source<number>>()(compose([1]));
    const sink = exactly<Sink<number, number[]>>()(
      compose(
        map((x: number) => x + 1),
        toArray(),
      ) as Sink<number, number[]>,
    );
    expect(exactly<number[]>()(await pipeline(source, stage, sink))).to.deep.equal([3, 3]);
  });

  it("to a consumer's answer, through push", async () => {
    const producer = push(
      map((x: number) => x + 1),
      filter((x) => x > 1),
      (x) => `got ${x}`,
    );
    const answer = await producer.send(1);
    expect(exactly<string | undefined>()(answer)).to.equal('got 2');
    await producer.close();
    const traced = push(
      map((x: number) => x + 1),
      (x) => x.toFixed(1),
      { backlog: 5 },
    );
    exactly<string | undefined>()(await traced.send(1));
    await traced.close();
    const both = push(
      map((x: number) => x + 1),
      broadcast(
        forEach((x) => x > 1),
        reduce((sum, x) => sum + x, 0),
      ),
    );
    const answers = await both.send(1);
    exactly<[boolean | undefined, number | undefined] | undefined>()(answers);
    exactly<[void, number]>()(await both.close());
  });

  it('through pull, with and without options', () => {
    const plain = pull(
      range(0, 3),
      map((x) => `${x}`),
      window(2),
    );
    const traced = pull(
      range(0, 3),
      map((x) => `${x}`),
      { trace: ({ stage }) => stage.name },
    );
    expect(exactly<string[][]>()([...plain])).to.deep.equal([
      ['0', '1'],
      ['1', '2'],
    ]);
    expect(exactly<string[]>()([...traced])).to.deep.equal(['0', '1', '2']);
  });

  it('through options, callbacks that answer promises, and type guards', async () => {
    const mixed: (number | string)[] = [1, 'a'];
    const result = await pipeline(
      mixed,
      filter((x): x is string => typeof x === 'string'),
      map(async (text) => text.length),
      toArray(),
      { signal: new AbortController().signal },
    );
    expect(exactly<number[]>()(result)).to.deep.equal([1]);
  });

  it('of promises among the items, which are waited for', async () => {
    const promises = [Promise.resolve(1), 2];
    exactly<number[]>()(await pipeline(promises, toArray()));
    exactly<Source<number>>()(from(promises));
    exactly<[number, string] | undefined>()(
      await pipeline(zip(promises, [Promise.resolve('a')]), last()),
    );
    const made = function* () {
      yield Promise.resolve(true);
    };
    exactly<boolean[]>()(await pipeline(made, toArray()));
    const texts = flatMap((x: number) => [Promise.resolve(`${x}`), `${x}!`]);
    const result = await pipeline(promises, texts, toArray());
    expect(exactly<string[]>()(result)).to.deep.equal(['1', '1!', '2', '2!']);
  });
});
