import { expect } from 'chai';
import fc from 'fast-check';
import { type Producer, push } from '../../lib/index.js';
import { chainOf, failurePoint, flowsOf, inputs, stagesOf } from './chain.js';
import { type Flow, flowOf } from './flow.js';
import { expectFailure } from './outcome.js';
import { TIMEOUT_MS } from './timeout.js';
import { after, waits } from './wait.js';

const chains = chainOf({ only: ['map', 'filter', 'flatMap', 'batch'] });
const consumerWait = fc.constantFrom(...waits);

/** A producer whose consumer answers with how many items it has taken so far. */
function counting(parts: readonly unknown[], wait: (typeof waits)[number]) {
  const taken: unknown[] = [];
  const consumer = (item: unknown) => after(wait, () => taken.push(item));
  const join = push as (...all: unknown[]) => Producer<unknown, number, unknown>;
  return { taken, producer: join(...parts, consumer) };
}

/** The number of the last item that something of `sent` went into. */
function answerTo(sent: number, { items }: Flow): number | undefined {
  const last = items.findLastIndex(({ from }) => from.includes(sent));
  return last < 0 ? undefined : last + 1;
}

describe('random push pipelines', function () {
  this.timeout(TIMEOUT_MS);

  it("answer every send exactly once, with the consumer's last answer to what came of it", async () => {
    const property = fc.asyncProperty(inputs, chains, consumerWait, async (input, chain, wait) => {
      const { taken, producer } = counting(stagesOf(chain), wait);
      const flow = flowsOf(flowOf(input), chain).at(-1) as Flow;
      const answers = input.map((item) => producer.send(item));
      await producer.close();
      expect(await Promise.all(answers)).to.deep.equal(
        input.map((_, sent) => answerTo(sent, flow)),
      );
      expect(taken).to.deep.equal(flow.items.map(({ value }) => value));
    });
    await fc.assert(property, { numRuns: 800 });
  });

  it('answer each send before the next one, when no stage holds items back', async () => {
    const unheld = chainOf({ only: ['map', 'filter', 'flatMap'] });
    const property = fc.asyncProperty(inputs, unheld, consumerWait, async (input, chain, wait) => {
      const { taken, producer } = counting(stagesOf(chain), wait);
      const flow = flowsOf(flowOf(input), chain).at(-1) as Flow;
      for (const [sent, item] of input.entries()) {
        expect(await producer.send(item)).to.equal(answerTo(sent, flow));
        const derived = flow.items.filter(({ from }) => from.every((index) => index <= sent));
        expect(taken).to.have.lengthOf(derived.length);
      }
      await producer.close();
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('reject exactly the sends of which something is lost when a stage fails', async () => {
    const property = fc.asyncProperty(
      inputs,
      chains,
      failurePoint,
      consumerWait,
      async (input, chain, point, wait) => {
        const { taken, producer } = counting(stagesOf(chain, point), wait);
        const flow = flowsOf(flowOf(input), chain, point).at(-1) as Flow;
        const { failure } = flow;
        const answers = input.map((item) => producer.send(item));
        const closed = producer.close();
        const [end] = await Promise.allSettled([closed]);
        expect(end?.status).to.equal(failure ? 'rejected' : 'fulfilled');
        if (failure) expectFailure((end as PromiseRejectedResult).reason, failure);

        const settled = await Promise.allSettled(answers);
        const lost = (sent: number) => failure && (failure.lost.includes(sent) || sent > flow.at);
        for (const [sent, answer] of settled.entries()) {
          if (failure && lost(sent))
            expectFailure((answer as PromiseRejectedResult).reason, failure);
          else expect(answer).to.deep.equal({ status: 'fulfilled', value: answerTo(sent, flow) });
        }
        expect(taken).to.deep.equal(flow.items.map(({ value }) => value));
      },
    );
    await fc.assert(property, { numRuns: 700 });
  });
});
