import { expect } from 'chai';
import { AbortError } from '../../lib/core/base/errors.js';
import { merge } from '../../lib/junctions/merge.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Stage } from '../../lib/streams/stage.js';
import { ByHand } from './by-hand.js';
import type { FakeTime } from './fake-time.js';
import { nodeRun } from './node-run.js';
import { rejection } from './rejection.js';
import { timedRun } from './timed-run.js';

const cause = new Error('broken on purpose');

/**
 * Tests that a stage clears its timer however the run ends. `make` makes a stage that has set a timer after three
 * items, of at most a second.
 */
export function timedStage(
  time: FakeTime,
  operator: string,
  make: () => Stage<number, unknown>,
): void {
  const started = async (input: ByHand<number>) => {
    input.give(1, 2, 3);
    await time.settle();
    expect(time.timers, 'timers set').to.equal(1);
  };

  it(`${operator} clears its timer when its input fails`, async () => {
    const input = new ByHand<number>();
    const { done } = timedRun(time, input, make());
    await started(input);
    input.fail(cause);
    // A stage that holds an item sees the failure only when it pulls again.
    await time.pass(1000);
    expect(await rejection(done)).to.have.property('cause', cause);
    expect(time.timers).to.equal(0);
  });

  it(`${operator} clears its timer when the run is aborted`, async () => {
    const input = new ByHand<number>();
    const controller = new AbortController();
    const { done } = timedRun(time, input, make(), { signal: controller.signal });
    await started(input);
    controller.abort();
    expect(await rejection(done)).to.be.instanceOf(AbortError);
    expect(time.timers).to.equal(0);
    expect(input.closed).to.equal(true);
  });

  it(`${operator} clears its timer when what is downstream ends early`, async () => {
    const input = new ByHand<number>();
    const beside = new ByHand<unknown>();
    const items = merge(compose(input, make()), beside);
    let taken = 0;
    const count = take<unknown>(100);
    const run = pipeline(items, count, async (all: AsyncIterable<unknown>) => {
      for await (const item of all) {
        taken += 1;
        if (item === 'enough') break;
      }
    });
    await started(input);
    beside.give('enough');
    await run;
    expect(taken).to.be.at.least(1);
    expect(time.timers).to.equal(0);
    expect(input.closed).to.equal(true);
  });

  it(`${operator} clears its timer when it is destroyed in Node's pipeline`, async () => {
    const input = new ByHand<number>();
    const stage = make();
    const run = rejection(nodeRun([input, stage, drain()]));
    await started(input);
    stage.destroy(cause);
    await time.settle();
    expect(time.timers).to.equal(0);
    // From Node 22 on, Node's pipeline waits until the iterable's `next()` has settled.
    input.end();
    expect(await run).to.equal(cause);
  });

  it(`${operator} finishes what it holds when the run is stopped`, async () => {
    const input = new ByHand<number>();
    const controller = new AbortController();
    const { done } = timedRun(time, input, make(), { stop: controller.signal });
    await started(input);
    controller.abort();
    await time.pass(1000);
    await done;
    expect(input.closed).to.equal(true);
  });

  it(`${operator} answers every send, and closes, in push`, async () => {
    const producer = push(make(), toArray<unknown>());
    const sent = [1, 2, 3].map((item) => producer.send(item));
    const closed = producer.close();
    await time.pass(1000);
    expect(await Promise.all(sent)).to.have.lengthOf(3);
    expect(await closed).to.have.length.above(0);
  });

  it(`${operator} rejects what is sent when the consumer fails, and leaves no timer`, async () => {
    const producer = push(make(), () => {
      throw cause;
    });
    const sent = Promise.allSettled([1, 2, 3].map((item) => producer.send(item)));
    const closed = rejection(producer.close());
    await time.pass(1000);
    expect(await closed).to.have.property('cause', cause);
    expect((await sent).at(-1)).to.have.nested.property('reason.cause', cause);
  });
}
