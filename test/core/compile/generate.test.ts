import { expect } from 'chai';
import { generate } from '../../../lib/core/compile/generate.js';
import {
  count,
  filter,
  flatMap,
  forEach,
  map,
  type ProducerOptions,
  pipeline,
  push,
  range,
  reduce,
  scan,
  stats,
  tap,
  toArray,
} from '../../../lib/index.js';
import { compiledAfter } from '../../helpers/compiled.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

/** The number of the generated loop that called, by its name in the stack trace. */
function loopNumber(): number | undefined {
  const [, number] = /sluice:segment-(\d+)/.exec(new Error('who called?').stack ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

const times = (factor: number) =>
  pipeline(
    range(0, 5),
    map((x) => x * factor),
    toArray(),
  );

/** Runs `items` items; tells by which loops they were seen, in order, each once. */
async function loopsOf(items: number): Promise<readonly (number | undefined)[]> {
  const loops: (number | undefined)[] = [];
  const look = (): void => {
    const loop = loopNumber();
    if (loop !== loops.at(-1)) loops.push(loop);
  };
  await pipeline(range(0, items), tap(look), count());
  return loops.filter((loop) => loop !== undefined);
}

describe('generated code', () => {
  noUnhandled();

  it('that is kept for callbacks of the same source calls those of its own run', async () => {
    await compiledAfter(0, async () => {
      expect(await times(2)).to.deep.equal([0, 2, 4, 6, 8]);
      expect(await times(3)).to.deep.equal([0, 3, 6, 9, 12]);
    });
  });

  it('keeps nothing of a run for the next one', async () => {
    const sum = () =>
      pipeline(
        range(0, 4),
        reduce((value: number, x: number) => value + x, 0),
      );
    await compiledAfter(0, async () => {
      expect([await sum(), await sum()]).to.deep.equal([6, 6]);
    });
  });

  it('gives a run with statistics all that it is sent, and one without, in any order', async () => {
    const sum = async (options: ProducerOptions) => {
      let sum = 0;
      const add = (x: number): void => {
        sum += x;
      };
      const producer = push(forEach(add), options);
      for (let x = 0; x < 500; x += 1) await producer.send(x);
      await producer.close();
      return sum;
    };
    await compiledAfter(0, async () => {
      const sums = [await sum({}), await sum({ stats: stats() }), await sum({})];
      expect(sums).to.deep.equal([124_750, 124_750, 124_750]);
    });
  });

  it('tells callbacks apart that say nothing of their source', async () => {
    const above = (least: number) =>
      pipeline(
        range(0, 4),
        filter(
          function keeps(this: number, x: number) {
            return x > this;
          }.bind(least),
        ),
        toArray(),
      );
    await compiledAfter(0, async () => {
      expect(await above(1)).to.deep.equal([2, 3]);
      expect(await above(2)).to.deep.equal([3]);
    });
  });

  it('is another one where the same callbacks do something else', async () => {
    const fn = (x: number) => x % 2;
    const add = (sum: number, x: number) => sum + x;
    await compiledAfter(0, async () => {
      for (let run = 0; run < 2; run += 1) {
        expect(await pipeline([1, 2, 3], map(fn), toArray())).to.deep.equal([1, 0, 1]);
        expect(await pipeline([1, 2, 3], filter(fn), toArray())).to.deep.equal([1, 3]);
        expect(await pipeline([1, 2, 3], tap(fn), toArray())).to.deep.equal([1, 2, 3]);
        expect(await pipeline([1, 2, 3], scan(add, 0), toArray())).to.deep.equal([1, 3, 6]);
        expect(await pipeline([1, 2, 3], reduce(add, 0))).to.equal(6);
        expect(await pipeline([1, 2, 3], reduce(add as never, 'a'))).to.equal('a123');
      }
    });
  });

  it('is found again by the next run over the same callbacks', async () => {
    await compiledAfter(0, async () => {
      const [first] = await loopsOf(3);
      expect(first).to.be.a('number');
      expect(await loopsOf(3)).to.deep.equal([first]);
    });
  });

  it('is kept as long as it is used, however many others come by', async () => {
    const adding = (n: number) => new Function('x', `return x + ${n}`) as (x: number) => number;
    await compiledAfter(0, async () => {
      const [first] = await loopsOf(3);
      for (let n = 0; n < 300; n += 1) {
        await pipeline([1, 2], map(adding(n)), toArray());
        if (n % 100 === 0) await loopsOf(3);
      }
      expect(await loopsOf(3)).to.deep.equal([first]);
    });
  });

  it('is made for callbacks that can not be turned into strings by themselves', async () => {
    const odd = Object.setPrototypeOf((x: number) => x + 1, null) as (x: number) => number;
    const odder = Object.assign((x: number) => x * 2, {
      toString: () => {
        throw new Error('on purpose');
      },
    });
    await compiledAfter(0, async () => {
      const items = await pipeline([1, 2], map(odd), map(odder), toArray());
      expect(items).to.deep.equal([4, 6]);
      expect((await loopsOf(3))[0]).to.be.a('number');
    });
  });

  /** The function that a generated frame of the stack names. */
  async function frameOf(...names: readonly string[]): Promise<string | undefined> {
    let stack = '';
    const look = (): void => {
      stack = new Error('who called?').stack ?? '';
    };
    const stages = names.map((name) => tap(look, { name }));
    await compiledAfter(0, () => pipeline([[1], ...stages, count()]));
    return stack.split('\n').find((line) => line.includes('sluice:segment-'));
  }

  it('bears the names of its stages, on one line', async () => {
    const frame = await frameOf('a', 'b\n    at\u2028evil (c)');
    expect(frame).to.match(/ a → b at evil \(c\) → count \(/);
  });

  it('bears the names of both ends of a long pipeline, and the beginning of a long name', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `stage ${at}`);
    expect(await frameOf(...names)).to.match(
      / stage 0 → stage 1 → stage 2 → stage 3 → … → stage 97 → stage 98 → stage 99 → count \(/,
    );
    expect(await frameOf('x'.repeat(5000))).to.match(/ x{40}… → count \(/);
  });

  it('that is broken is told, and not taken for a reason to go on by plain pulls', () => {
    const material = { segment: { steps: [], head: {} }, context: {}, STOP: false } as never;
    expect(() => generate(material, 'broken', () => 'return (')).to.throw(SyntaxError);
  });

  it('is done without where it would be more than V8 has a stack for', () => {
    const deep = 100_000;
    const text = `return ${'('.repeat(deep)}0${')'.repeat(deep)}`;
    const material = { segment: { steps: [], head: {} }, context: {}, STOP: false } as never;
    expect(generate(material, 'deep', () => text)).to.equal(undefined);
  });

  it('is done without where V8 would have no stack for its loops in loops', async () => {
    const stages = Array.from({ length: 3000 }, () => flatMap((x) => [x]));
    const run = () => pipeline([range(0, 3), ...stages, toArray()]);
    expect(await compiledAfter(0, run)).to.deep.equal([0, 1, 2]);
  });

  for (const after of [0, Number.POSITIVE_INFINITY]) {
    it(`gives folding callbacks no this, as plain pulls do (compiled after ${after})`, async () => {
      const seen = new Set<unknown>();
      function add(this: unknown, sum: number, x: number): number {
        seen.add(this);
        return sum + x;
      }
      await compiledAfter(after, () => pipeline([1, 2], scan(add, 0), reduce(add, 0)));
      expect([...seen]).to.deep.equal([undefined]);
    });

    it(`names the sink whose answer is no good promise (compiled after ${after})`, async () => {
      const bad = {
        get then(): unknown {
          throw new Error('on purpose');
        },
      };
      await compiledAfter(after, async () => {
        const error = await stageFailure(
          pipeline(
            [1, 2],
            forEach(() => bad as never, { name: 'bad' }),
          ),
        );
        expect(error.stage).to.deep.equal({ name: 'bad', position: 1 });
        expect(error).to.include({ index: 0, item: 1 });
      });
    });
  }
});
