import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { NullItemError } from '../../lib/core/base/errors.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { Gates } from '../helpers/gates.js';
import { stageGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { slowSink } from '../helpers/slow-sink.js';
import { typed } from '../helpers/typed.js';

const cause = new Error('broken on purpose');

/** Iterables that are fed by hand, one for each item. */
function feeds(...names: string[]) {
  const inputs = new Map(names.map((name) => [name, new ByHand<string>()]));
  const opened: string[] = [];
  const open = (name: string) => {
    opened.push(name);
    return inputs.get(name) as ByHand<string>;
  };
  return { names, opened, open, of: (name: string) => inputs.get(name) as ByHand<string> };
}

describe('flatMap with concurrency', () => {
  noUnhandled();

  stageGives(
    'flatMap emits the items of arrays in the order of the input',
    [1, 2, 3],
    () => flatMap((x: number) => Array<number>(x).fill(x), { concurrency: 2 }),
    [1, 2, 2, 3, 3, 3],
  );
  stageGives(
    'flatMap emits nothing for empty iterables',
    [1, 2, 3, 4, 5],
    () => flatMap((): number[] => [], { concurrency: 2 }),
    [],
  );

  it('flatMap reads as many iterables at once as it may', async () => {
    const { names, opened, open, of } = feeds('a', 'b', 'c');
    const stage = flatMap(open, { concurrency: 2, order: 'completion' });
    const done = pipeline(names, stage, toArray());
    await quiet(() => opened.length);
    expect(opened).to.deep.equal(['a', 'b']);
    of('b').give('b1');
    await turn();
    of('a').give('a1');
    of('b').end();
    await quiet(() => opened.length);
    expect(opened).to.deep.equal(['a', 'b', 'c']);
    of('c').give('c1');
    await turn();
    of('c').end();
    of('a').end();
    expect(await done).to.deep.equal(['b1', 'a1', 'c1']);
  });

  it('flatMap with order input reads ahead of a slow one, and gives its items first', async () => {
    const { names, open, of } = feeds('a', 'b');
    const done = pipeline(names, flatMap(open, { concurrency: 2 }), toArray());
    of('b').give('b1', 'b2');
    of('b').end();
    await turn();
    of('a').give('a1', 'a2');
    of('a').end();
    expect(await done).to.deep.equal(['a1', 'a2', 'b1', 'b2']);
  });

  it('flatMap with an order by key opens one iterable of a key after another', async () => {
    const { names, opened, open, of } = feeds('a1', 'a2', 'b1');
    const stage = flatMap(open, { concurrency: 2, order: ([key]) => key });
    const done = pipeline(names, stage, toArray());
    await quiet(() => opened.length);
    expect(opened).to.deep.equal(['a1', 'b1']);
    of('b1').end();
    of('a1').give('x');
    of('a1').end();
    of('a2').give('y');
    of('a2').end();
    expect(await done).to.deep.equal(['x', 'y']);
  });

  it('flatMap makes its calls at once when they answer promises', async () => {
    const gates = new Gates<number>();
    const done = pipeline([1, 2, 3], flatMap(gates.call, { concurrency: 3 }), toArray());
    await turn();
    expect(gates.open).to.deep.equal([1, 2, 3]);
    for (const item of [3, 1, 2]) gates.answer(item, [item, item]);
    expect(await done).to.deep.equal([1, 1, 2, 2, 3, 3]);
  });

  it('flatMap is fair to endless iterables, and closes them all when it ends early', async () => {
    const inputs = [new Counted(), new Counted(), new Counted()];
    const stage = flatMap((at: number) => (inputs[at] as Counted).items(), {
      concurrency: 3,
      order: 'completion',
    });
    const items = await pipeline(range(0, 3), stage, take(9), toArray());
    expect(items.filter((item) => item === 0)).to.have.lengthOf(3);
    expect(Math.max(...items)).to.be.at.most(4);
    expect(inputs.map(({ closed }) => closed)).to.deep.equal([true, true, true]);
  });

  it('flatMap with an endless iterable lets the event loop turn', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const endless = new Counted();
    const stage = flatMap(() => endless.items(), { concurrency: 2 });
    const done = pipeline([1, 2], stage, drain(), { signal: controller.signal });
    await done.catch(({ code }) => expect(code).to.equal('ABORT_ERR'));
    expect(endless.closed).to.equal(true);
  });

  it('flatMap takes 100,000 items that come to nothing, or to one, without running out of stack', async () => {
    const one = flatMap((x: number) => (x % 2 === 0 ? [] : [x]), { concurrency: 4 });
    expect(await pipeline(range(0, 100_000), one, count())).to.equal(50_000);
    const later = flatMap(async (x: number) => (x % 2 === 0 ? [] : [x]), { concurrency: 4 });
    expect(await pipeline(range(0, 100_000), later, count())).to.equal(50_000);
  });

  it('flatMap fails at once when an iterable does, though the reader is busy', async () => {
    const { names, open, of } = feeds('a', 'b');
    const { sink } = slowSink<string>();
    const signals: AbortSignal[] = [];
    const noting = (name: string, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return open(name);
    };
    const done = pipeline(names, flatMap(noting, { concurrency: 2 }), sink);
    of('a').give('a1');
    await turn();
    of('b').fail(cause);
    const error = await stageFailure(done);
    expect(error).to.include({ index: 1, item: 'b', cause });
    expect(error.stage.name).to.equal('flatMap(noting)');
    expect(signals.map(({ reason }) => reason)).to.deep.equal([cause, cause]);
    expect(of('a').closed).to.equal(true);
  });

  it('flatMap reads streams side by side, and loses nothing of what they give at once', async () => {
    const inputs = Array.from({ length: 4 }, (_, at) =>
      Readable.from([at, at + 10, at + 20, at + 30]),
    );
    const stage = flatMap((at: number) => inputs[at] as Readable, {
      concurrency: 3,
      order: 'completion',
    });
    const slowly = forEach(async (item: number) => {
      await turn();
      taken.push(item);
    });
    const taken: number[] = [];
    await pipeline(range(0, 4), stage, slowly);
    expect(taken).to.have.lengthOf(16);
    for (let at = 0; at < 4; at += 1)
      expect(taken.filter((item) => item % 10 === at)).to.deep.equal([
        at,
        at + 10,
        at + 20,
        at + 30,
      ]);
    for (const { destroyed } of inputs) expect(destroyed).to.equal(true);
  });

  it('flatMap closes the stream that a call answers only after the run has ended', async () => {
    const gate = new Deferred<Readable>();
    const stage = flatMap((x: number) => (x === 0 ? Promise.resolve([x]) : gate.promise), {
      concurrency: 2,
      order: 'completion',
    });
    const late = new Readable({ objectMode: true, read: () => {} });
    const run = pipeline(range(0, 2), stage, take(1), toArray());
    await turn();
    gate.resolve(late);
    expect(await run).to.deep.equal([0]);
    await quiet(() => late.destroyed);
    expect(late.destroyed).to.equal(true);
  });

  for (const [how, answer] of [
    ['answers no iterable', 5],
    ['answers an iterable that holds null', [null]],
  ] as const) {
    it(`flatMap fails by name when fn ${how}`, async () => {
      const fn = () => answer as never;
      const error = await stageFailure(pipeline(['a'], flatMap(fn, { concurrency: 2 }), drain()));
      expect(error).to.include({ index: 0, item: 'a' });
      expect(error.cause).to.satisfy(
        (inner: unknown) => inner instanceof TypeError || inner instanceof NullItemError,
      );
    });
  }

  refuses(
    'flatMap refuses a concurrency that is no count at the call',
    () => flatMap((x) => [x], { concurrency: 1.5 }),
    'flatMap: concurrency must be an integer from 1, got 1.5',
  );

  it('flatMap infers its items, also for the key', async () => {
    typed<string[]>()(
      await pipeline(
        range(0, 3),
        flatMap(async (x) => [String(typed<number>()(x))], {
          concurrency: 2,
          order: (x) => typed<number>()(x),
        }),
        toArray(),
      ),
    );
  });
});
