import { expect } from 'chai';
import fc from 'fast-check';
import { AbortError, forEach, map, pipeline } from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { chainOf, failurePoint, flowsOf, stagesOf } from './chain.js';
import { type Flow, flowOf } from './flow.js';
import { expectFlow, outcomeOf } from './outcome.js';
import { TIMEOUT_MS } from './timeout.js';

const kind = fc.constantFrom('items' as const, 'later' as const);
const moment = fc.record({ where: fc.constantFrom('source', 'sink'), at: fc.nat(40) });

/** Aborts its controller at the chosen item of the source or of the sink; at the 40th item of the source at the latest. */
function trigger({ where, at }: { readonly where: string; readonly at: number }) {
  const controller = new AbortController();
  const read: unknown[] = [];
  let taken = 0;
  const atSource = map((item: number) => {
    if (read.push(item) > (where === 'source' ? at : 40)) controller.abort('on purpose');
    return item;
  });
  const sinkOf = (take: (item: unknown) => void) =>
    forEach((item: unknown) => {
      take(item);
      taken += 1;
      if (where === 'sink' && taken > at) controller.abort('on purpose');
    });
  return { signal: controller.signal, read, atSource, sinkOf };
}

describe('random chains over endless input', function () {
  this.timeout(TIMEOUT_MS);

  it('finish what they have read, and no more, when they are stopped', async () => {
    const property = fc.asyncProperty(
      kind,
      chainOf(),
      failurePoint,
      moment,
      async (how, chain, point, when) => {
        const counted = new Counted();
        const { signal, read, atSource, sinkOf } = trigger(when);
        const outcome = await outcomeOf((take) => {
          const parts = [counted[how](), atSource, ...stagesOf(chain, point), sinkOf(take)];
          return pipeline(parts, { stop: signal });
        });
        expectFlow(outcome, flowsOf(flowOf(read), chain, point).at(-1) as Flow);
        expect(counted.closed).to.equal(counted.asked > 0);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it('reject, with everything closed, when they are aborted', async () => {
    const property = fc.asyncProperty(kind, chainOf(), moment, async (how, chain, when) => {
      const counted = new Counted();
      const { signal, read, atSource, sinkOf } = trigger(when);
      const outcome = await outcomeOf((take) => {
        return pipeline([counted[how](), atSource, ...stagesOf(chain), sinkOf(take)], { signal });
      });
      expect(counted.closed).to.equal(counted.asked > 0);
      // Having ended early comes to the same items as not having read on.
      const { items } = flowsOf(flowOf(read), chain).at(-1) as Flow;
      const values = items.map(({ value }) => value);
      if (signal.aborted) {
        expect(outcome.error).to.be.instanceOf(AbortError).with.property('cause', 'on purpose');
        expect(outcome.items).to.deep.equal(values.slice(0, outcome.items.length));
      } else expect(outcome).to.deep.equal({ items: values });
    });
    await fc.assert(property, { numRuns: 500 });
  });
});
