import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AbortError,
  drain,
  flatMap,
  forEach,
  generate,
  map,
  pipeline,
  pull,
  type RetryOptions,
  StageError,
  take,
  toArray,
} from '../../../lib/index.js';
import { flaky } from '../../helpers/flaky.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { quiet } from '../../helpers/quiet.js';
import { refuses } from '../../helpers/refuses.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';
import { Ticking } from '../../helpers/ticking.js';

describe('retry', () => {
  const time = new Ticking();
  noUnhandled();

  const waits: [title: string, retry: Omit<RetryOptions, 'attempts'>, calls: number[]][] = [
    ['calls again at once, by default', {}, [0, 0, 0, 0, 0]],
    ['waits delayMs, then twice as long each time', { delayMs: 3 }, [0, 3, 9, 21, 45]],
    ['multiplies the wait by factor', { delayMs: 1, factor: 3 }, [0, 1, 4, 13, 40]],
    ['waits equally long with a factor of 1', { delayMs: 4, factor: 1 }, [0, 4, 8, 12, 16]],
    ['waits no longer than maxDelayMs', { delayMs: 3, maxDelayMs: 7 }, [0, 3, 9, 16, 23]],
    [
      'waits no longer than maxDelayMs from the start',
      { delayMs: 9, maxDelayMs: 1 },
      [0, 1, 2, 3, 4],
    ],
  ];
  for (const [title, options, expected] of waits) {
    for (const async of [true, false]) {
      it(`${title} (${async ? 'rejects' : 'throws'})`, async () => {
        const { fn, calls } = flaky(4, async);
        const stage = map(fn, { retry: { attempts: 5, ...options } });
        const run = pipeline([7], stage, toArray());
        await time.pass(60);
        expect(calls).to.deep.equal(expected);
        expect(await run).to.deep.equal([7]);
      });
    }
  }

  it('leaves as much of a wait to chance as jitter says', async () => {
    const gaps: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { fn, calls } = flaky(1);
      const run = pipeline(
        [0],
        map(fn, { retry: { attempts: 2, delayMs: 40, jitter: 0.5 } }),
        drain(),
      );
      await time.pass(41);
      await run;
      gaps.push(Number(calls[1]) - Number(calls[0]));
    }
    expect(Math.min(...gaps)).to.be.at.least(20);
    expect(Math.max(...gaps)).to.be.at.most(40);
    expect(new Set(gaps).size).to.be.above(1);
  });

  it('keeps the place of the item, and asks for no other meanwhile', async () => {
    const log: string[] = [];
    const items = function* () {
      for (const item of [1, 2]) {
        log.push(`asked for ${item}`);
        yield item;
      }
    };
    const { fn } = flaky(2);
    const stage = map(fn, { retry: { attempts: 3, delayMs: 5 } });
    const run = pipeline(
      items(),
      stage,
      forEach((x) => void log.push(`got ${x}`)),
    );
    await time.pass(14);
    expect(log).to.deep.equal(['asked for 1']);
    await time.pass(1);
    await run;
    expect(log).to.deep.equal(['asked for 1', 'got 1', 'asked for 2', 'got 2']);
  });

  it('counts the attempts of each item by itself', async () => {
    let calls = 0;
    const everyOther = (x: number) => {
      calls += 1;
      if (calls % 2 === 1) throw new Error('broken on purpose');
      return x;
    };
    const stage = map(everyOther, { retry: { attempts: 2 } });
    expect(await pipeline([1, 2, 3], stage, toArray())).to.deep.equal([1, 2, 3]);
  });

  it('with one attempt is no retry', async () => {
    const { fn, errors } = flaky(1);
    const error = await stageFailure(pipeline([0], map(fn, { retry: { attempts: 1 } }), drain()));
    expect(error.cause).to.equal(errors[0]);
    expect(error).to.not.have.property('suppressed');
  });

  it('comes before onError, which has the last error and, in its suppressed, the others', async () => {
    const { fn, errors } = flaky(9);
    const heard: unknown[] = [];
    const onError = (error: unknown) => {
      heard.push(error, (error as { suppressed?: unknown }).suppressed);
      return -1;
    };
    const stage = map(fn, { retry: { attempts: 3 }, onError });
    expect(await pipeline([0], stage, toArray())).to.deep.equal([-1]);
    expect(heard).to.deep.equal([errors[2], errors.slice(0, 2)]);
  });

  it('is synchronous where nothing has to wait, also in pull', () => {
    const { fn } = flaky(3, false);
    expect([...pull([5, 6], map(fn, { retry: { attempts: 4 } }))]).to.deep.equal([5, 6]);
  });

  it('that has to wait fails in pull', () => {
    const { fn } = flaky(3, false);
    const items = pull([5], map(fn, { retry: { attempts: 4, delayMs: 1 } }));
    expect(() => [...items])
      .to.throw(StageError)
      .with.nested.property('cause.code', 'ERR_SLUICE_ASYNC');
  });

  it('tries many times without a deep stack', async () => {
    for (const async of [true, false]) {
      const { fn } = flaky(20_000, async);
      const stage = map(fn, { retry: { attempts: 20_001 } });
      expect(await pipeline([1], stage, toArray())).to.deep.equal([1]);
    }
  });

  it('keeps the last error and the ten before it', async () => {
    const { fn, errors } = flaky(5000);
    const run = pipeline([0], map(fn, { retry: { attempts: 5000 } }), drain());
    const { cause } = await stageFailure(run);
    expect(cause).to.equal(errors.at(-1));
    expect(cause).to.have.property('suppressed').that.deep.equals(errors.slice(-11, -1));
  });

  it('of flatMap covers the call, not what is read from its answer', async () => {
    const { fn } = flaky(1);
    const stage = flatMap(async (x: number) => [await fn(x)], { retry: { attempts: 2 } });
    expect(await pipeline([1], stage, toArray())).to.deep.equal([1]);
    let calls = 0;
    const breaking = function* () {
      calls += 1;
      yield 1;
      throw new Error('broken on purpose');
    };
    await rejection(pipeline([0], flatMap(breaking, { retry: { attempts: 2 } }), drain()));
    expect(calls).to.equal(1);
  });

  it('of generate tries next again', async () => {
    const { fn } = flaky(2);
    const source = generate(1, async (x) => (await fn(x)) + 1, {
      retry: { attempts: 3, delayMs: 1 },
    });
    const run = pipeline(source, take(3), toArray());
    await time.pass(3);
    expect(await run).to.deep.equal([1, 2, 3]);
  });

  it('does not try again what failed because the run is aborted', async () => {
    const controller = new AbortController();
    let calls = 0;
    const fn = async () => {
      calls += 1;
      controller.abort();
      await turn();
      throw new Error('told by the signal');
    };
    const run = pipeline([0], map(fn, { retry: { attempts: 5 } }), drain(), {
      signal: controller.signal,
    });
    expect(await rejection(run)).to.be.instanceOf(AbortError);
    await quiet(() => calls);
    expect(calls).to.equal(1);
  });

  const wrong: [options: unknown, message: string][] = [
    [3, 'map: retry must be an object, got 3'],
    [null, 'map: retry must be an object, got null'],
    [{}, 'map: retry.attempts must be an integer from 1, got undefined'],
    [{ attempts: 0 }, 'map: retry.attempts must be an integer from 1, got 0'],
    [{ attempts: 1.5 }, 'map: retry.attempts must be an integer from 1, got 1.5'],
    [
      { attempts: 2, delayMs: -1 },
      'map: retry.delayMs must be a number of ms from 0 to 2147483647, got -1',
    ],
    [
      { attempts: 2, delayMs: '1' },
      'map: retry.delayMs must be a number of ms from 0 to 2147483647, got 1',
    ],
    [{ attempts: 2, factor: 0.5 }, 'map: retry.factor must be a number from 1, got 0.5'],
    [{ attempts: 2, factor: Number.NaN }, 'map: retry.factor must be a number from 1, got NaN'],
    [
      { attempts: 2, maxDelayMs: 2 ** 31 },
      'map: retry.maxDelayMs must be a number of ms from 0 to 2147483647, got 2147483648',
    ],
    [{ attempts: 2, jitter: 2 }, 'map: retry.jitter must be a number from 0 to 1, got 2'],
  ];
  for (const [retry, message] of wrong) {
    refuses(
      `refuses ${JSON.stringify(retry)} at the call`,
      () => map((x) => x, { retry: retry as never }),
      message,
    );
  }
});
