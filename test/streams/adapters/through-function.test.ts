import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ArgumentError, ClosedError } from '../../../lib/core/base/errors.js';
import type { Context } from '../../../lib/core/protocol/context.js';
import { take } from '../../../lib/operators/take.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { Counted } from '../../helpers/counted.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';

const cause = new Error('broken on purpose');

async function* failing(): AsyncGenerator<number, void> {
  yield 1;
  await turn();
  throw cause;
}

describe('an async generator function as a stage', () => {
  noUnhandled();

  it('gets the items and { signal }, and gives what it yields', async () => {
    let signal: AbortSignal | undefined;
    async function* twice(items: AsyncIterable<number>, context: Context) {
      signal = context.signal;
      for await (const item of items) {
        yield item;
        yield item;
      }
    }
    expect(await pipeline([1, 2], twice, toArray())).to.deep.equal([1, 1, 2, 2]);
    expect(signal?.aborted).to.equal(false);
  });

  it('may yield before it reads and after its items have ended', async () => {
    const framed = async function* (items: AsyncIterable<number>) {
      yield 'begin';
      for await (const item of items) yield `${item}`;
      yield 'end';
    };
    expect(await pipeline([1], framed, toArray())).to.deep.equal(['begin', '1', 'end']);
  });

  it('may be a plain function that answers an iterable', async () => {
    const reversed = (_: AsyncIterable<number>) => [3, 2, 1];
    expect(await pipeline([1, 2, 3], reversed as never, toArray())).to.deep.equal([3, 2, 1]);
  });

  const forOneItem: Record<string, (item: number) => unknown> = {
    '(x) => x + 1': (x) => x + 1,
    '(x) => [x]': (x) => [x],
    '(x) => x > 1': (x) => x > 1,
    '(x) => ({ x })': (x) => ({ x }),
  };
  for (const [text, fn] of Object.entries(forOneItem))
    it(`for one item, as ${text}, is refused with the advice to use map`, async () => {
      const run = pipeline([1, 2], fn as never, toArray());
      const { cause: reason } = await stageFailure(run);
      expect(reason).to.be.instanceOf(ArgumentError);
      expect(String(reason)).to.contain('or map(fn) if the function is for one item');
    });

  it('asks for no item before it is asked for one', async () => {
    const counted = new Counted();
    const through = async function* (items: AsyncIterable<number>) {
      for await (const item of items) yield item;
    };
    expect(await pipeline(counted.later(), through, take(2), toArray())).to.deep.equal([0, 1]);
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });

  it('that stops reading closes its input, and its own items go on', async () => {
    const counted = new Counted();
    const some = async function* (items: AsyncIterable<number>) {
      for await (const item of items) {
        yield item;
        if (item === 1) break;
      }
      yield counted.closed;
    };
    expect(await pipeline(counted.later(), some, toArray())).to.deep.equal([0, 1, true]);
  });

  it('that fails is named', async () => {
    async function* parse(items: AsyncIterable<number>) {
      for await (const item of items) yield Promise.reject<number>(item === 1 ? cause : undefined);
    }
    const error = await stageFailure(pipeline([1], parse, toArray()));
    expect(error.stage).to.deep.equal({ name: 'parse', position: 1 });
    expect(error).to.include({ cause });
  });

  it('sees the failure of its input, which keeps its name', async () => {
    let seen: unknown;
    const through = async function* (items: AsyncIterable<number>) {
      try {
        for await (const item of items) yield item;
      } catch (error) {
        seen = error;
        throw error;
      }
    };
    const error = await stageFailure(pipeline(failing, through, toArray()));
    expect(error.stage).to.deep.equal({ name: 'failing', position: 0 });
    expect(seen).to.equal(error);
    expect(error).to.not.have.property('suppressed');
  });

  it('may get over the failure of its input', async () => {
    const forgiving = async function* (items: AsyncIterable<number>) {
      try {
        yield* items;
      } catch (error) {
        yield (error as Error).message;
      }
    };
    expect(await pipeline(failing, forgiving, toArray())).to.deep.equal([
      1,
      'failing (stage 0) failed on item 1: broken on purpose',
    ]);
  });

  it('does not take an abort for the end of its input', async () => {
    const log: unknown[] = [];
    const through = async function* (items: AsyncIterable<number>) {
      try {
        for await (const item of items) yield item;
        log.push('ended');
      } catch (error) {
        log.push(error);
      }
    };
    const controller = new AbortController();
    const source = async function* () {
      yield 1;
      controller.abort();
      await new Promise(() => {});
    };
    await rejection(pipeline(source, through, toArray(), { signal: controller.signal }));
    expect(log).to.have.length(1);
    expect(log[0]).to.be.instanceOf(ClosedError);
  });

  for (const [what, fn] of Object.entries({
    'a number': (): unknown => 5,
    nothing: (): unknown => undefined,
    'a promise': async (): Promise<unknown> => [1],
  })) {
    it(`that answers ${what} fails, and its source is closed`, async () => {
      const counted = new Counted();
      const run = pipeline(counted.later(), fn as never, toArray());
      const { cause: why } = await stageFailure(run);
      expect(why).to.be.instanceOf(ArgumentError);
      expect((why as Error).message).to.match(/must return an iterable.*async generator function/);
      expect(counted.asked).to.equal(0);
    });
  }
});
