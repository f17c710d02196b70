import { expect } from 'chai';
import type { Context } from '../../../lib/core/protocol/context.js';
import { Run } from '../../../lib/core/protocol/run.js';
import { map } from '../../../lib/operators/map.js';
import { take } from '../../../lib/operators/take.js';
import { drain } from '../../../lib/sinks/drain.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { rejection } from '../../helpers/rejection.js';

describe('the signal of callbacks', () => {
  it('is the same for all calls of one stage, and one of its own for each stage', async () => {
    const seen = [new Set<AbortSignal>(), new Set<AbortSignal>()];
    const note = (at: number) => (x: number, context: Context) => {
      seen[at]?.add(context.signal);
      return x;
    };
    await pipeline(range(0, 3), map(note(0)), forEach(note(1)));
    expect(seen.map(({ size }) => size)).to.deep.equal([1, 1]);
    expect(new Set(seen.flatMap((all) => [...all])).size).to.equal(2);
  });

  it('is aborted already when it is read after the run was aborted', () => {
    const run = new Run();
    run.abort('because');
    expect(run.context.signal).to.include({ aborted: true, reason: 'because' });
  });

  it('keeps the first reason', () => {
    const run = new Run();
    expect(run.context.signal.aborted).to.equal(false);
    run.abort('first');
    run.abort('second');
    expect(run.context.signal).to.include({ aborted: true, reason: 'first' });
  });

  it('aborts with the error when the run fails', async () => {
    let context: Context | undefined;
    const fails = (_: number, given: Context): never => {
      context = given;
      throw new Error('broken on purpose');
    };
    const error = await rejection(pipeline(range(0, 3), map(fails), drain()));
    expect(context?.signal).to.include({ aborted: true, reason: error });
  });

  it('aborts when a stage behind ends early, and not when the input ends', async () => {
    const signals: AbortSignal[] = [];
    const note = () =>
      map((x: number, { signal }) => {
        signals.push(signal);
        return x;
      });
    await pipeline(range(0, 1), note(), drain());
    await pipeline(range(0, 9), note(), take(1), drain());
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([false, true]);
  });
});
