import { expect } from 'chai';
import { NullItemError, StageError } from '../../../lib/core/base/errors.js';
import { SKIP } from '../../../lib/core/protocol/pull.js';
import type { Step } from '../../../lib/core/protocol/step.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { stage } from '../../../lib/streams/define.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { pull } from '../../../lib/streams/pull.js';
import { Counted } from '../../helpers/counted.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';

type Hooks = Omit<Step<number, unknown>, 'name'>;

const make = (step: Hooks) => stage<number, unknown>('step', step);
const run = (items: Iterable<number>, step: Hooks): unknown[] => [...pull(items, make(step))];

describe('a step', () => {
  it('that maps makes an item of each, or none of those that come to SKIP', () => {
    expect(run([1, 2, 3], { map: (x) => (x === 2 ? SKIP : -x) })).to.deep.equal([-1, -3]);
  });

  it('that tests keeps the items themselves', () => {
    const items = [{ a: 1 }, { a: 2 }];
    const kept = [
      ...pull(items, stage<{ a: number }, unknown>('step', { test: ({ a }) => a > 1 })),
    ];
    expect(kept[0]).to.equal(items[1]);
    expect(kept).to.have.length(1);
  });

  it('that expands gives the items of each iterable in turn, asked for one at a time', () => {
    const counted = new Counted();
    const items = pull([0], make({ expand: () => counted.items() }));
    expect([items.next().value, items.next().value]).to.deep.equal([0, 1]);
    expect(counted.asked).to.equal(2);
    items.return?.();
    expect(counted.closed).to.equal(true);
  });

  it('ends without pulling again once it is done', () => {
    const counted = new Counted();
    let left = 2;
    const step = { map: (x: number) => x - left--, done: () => left === 0 };
    expect(run(counted.items(), step)).to.have.length(2);
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });

  it('that is done from the start pulls nothing, and closes its input all the same', async () => {
    const counted = new Counted();
    const step = make({ map: (x) => x, done: () => true });
    expect(await pipeline(counted.later(), step, toArray())).to.deep.equal([]);
    expect(counted.asked).to.equal(0);
  });

  it('hands over what it holds when its input has ended, after everything else', () => {
    expect(run([1, 2], { map: (x) => x, end: () => ['held', 'too'] })).to.deep.equal([
      1,
      2,
      'held',
      'too',
    ]);
  });

  it('hands over what it holds when it is done early', () => {
    let items = 0;
    const map = <T>(x: T): T => {
      items += 1;
      return x;
    };
    const step: Hooks = { map, done: () => items === 1, end: () => ['held'] };
    expect(run([1, 2, 3], step)).to.deep.equal([1, 'held']);
  });

  it('hands over nothing when its input fails', async () => {
    const failing = function* () {
      yield 1;
      throw new Error('broken on purpose');
    };
    const end = () => expect.fail('ended');
    const step = make({ map: (x) => x, end });
    const error = await stageFailure(pipeline(failing, step, toArray()));
    expect(error.stage).to.deep.equal({ name: 'failing', position: 0 });
  });

  it('is told when it is over, by the end, by a failure or by an early end', async () => {
    const told: string[] = [];
    const closing = (how: string) =>
      stage<number, number>('step', { map: (x) => x, close: () => told.push(how) });
    expect(run([1], { map: (x) => x })).to.deep.equal([1]);
    await pipeline([1], closing('ended'), toArray());
    await rejection(
      pipeline(
        [1],
        closing('failed'),
        make({ map: () => Promise.reject(new Error('broken')) }),
        toArray(),
      ),
    );
    await pipeline(
      [1, 2],
      closing('ended early'),
      make({ map: (x) => x, done: () => true }),
      toArray(),
    );
    expect([...new Set(told)]).to.deep.equal(['ended', 'failed', 'ended early']);
  });

  it('gives its callbacks no this', () => {
    const seen: unknown[] = [];
    function map(this: unknown, x: number) {
      seen.push(this);
      return x;
    }
    expect(run([1], { map })).to.deep.equal([1]);
    expect(seen).to.deep.equal([undefined]);
  });

  for (const [hook, step] of Object.entries({
    map: { map: () => null },
    expand: { expand: () => [1, null] },
    end: { map: (x: number) => x, end: () => [null] },
  } satisfies Record<string, Hooks>)) {
    it(`that makes null in ${hook} fails with NullItemError, naming the step`, async () => {
      const error = await stageFailure(pipeline([5], make(step), toArray()));
      expect(error.stage).to.deep.equal({ name: 'step', position: 1 });
      expect(error.cause).to.be.instanceOf(NullItemError);
      expect(error).to.include({ index: 0, item: hook === 'end' ? undefined : 5 });
    });
  }

  for (const [kind, wrong] of Object.entries({ 'a number': 5, undefined: undefined, null: null })) {
    it(`that expands to ${kind} fails, saying what was expected`, () => {
      const step = { expand: () => wrong as never };
      expect(() => run([1], step))
        .to.throw(StageError, /expected an iterable or async iterable/)
        .with.property('cause')
        .that.is.instanceOf(TypeError);
    });
  }

  it('that expands to a string gives its characters', () => {
    expect(run([1], { expand: () => 'ab' })).to.deep.equal(['a', 'b']);
  });

  it('keeps the name of the first step that failed when a step is made of other stages', async () => {
    const inner = () => [...pull([1], stage('inner', { map: () => expect.fail('inside') }))];
    const error = await stageFailure(pipeline([1], make({ expand: inner }), toArray()));
    expect(error.stage.name).to.equal('inner');
  });
});
