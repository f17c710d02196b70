import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEach, pipeline, pull, type StageError } from '../../lib/index.js';
import { nodeRun } from '../helpers/node-run.js';
import { chainOf, failurePoint, flowsOf, inputs, stagesOf } from './chain.js';
import { type Flow, flowOf } from './flow.js';
import { expectBufferedFlow, expectFlow, outcomeOf } from './outcome.js';
import { inForm, sourceForm } from './source-form.js';
import { TIMEOUT_MS } from './timeout.js';

type Join = 'fused' | 'listened' | 'behind a PassThrough';

const joins: readonly Join[] = ['fused', 'listened', 'behind a PassThrough'];

describe('random chains', function () {
  this.timeout(TIMEOUT_MS);

  it('give the same as plain arrays when they are fused by pipeline', async () => {
    const property = fc.asyncProperty(
      inputs,
      sourceForm,
      chainOf(),
      failurePoint,
      async (input, form, chain, point) => {
        const outcome = await outcomeOf((take) =>
          pipeline([inForm(form, input), ...stagesOf(chain, point), forEach(take)]),
        );
        const flow = flowsOf(flowOf(input), chain, point).at(-1) as Flow;
        expectFlow(outcome, flow);
        if (!flow.failure || !point) return;
        expect((outcome.error as StageError).stage.position).to.equal(point.op + 1);
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });

  it('give the same as plain arrays through pull', async () => {
    const chains = chainOf({ sync: true });
    const property = fc.asyncProperty(inputs, chains, failurePoint, async (input, chain, point) => {
      const run = pull as (...parts: unknown[]) => Iterable<unknown>;
      const outcome = await outcomeOf((take) => {
        for (const item of run(input, ...stagesOf(chain, point))) take(item);
      });
      expectFlow(outcome, flowsOf(flowOf(input), chain, point).at(-1) as Flow);
    });
    await fc.assert(property, { numRuns: 1700 });
  });

  it("give the same as plain arrays when each stage is a stream in Node's pipeline", async () => {
    const property = fc.asyncProperty(
      inputs,
      chainOf(),
      failurePoint,
      async (input, chain, point) => {
        const outcome = await outcomeOf((take) =>
          nodeRun([input, ...stagesOf(chain, point), forEach(take)]),
        );
        expectBufferedFlow(
          outcome,
          flowsOf(flowOf(input), chain, point, () => true),
        );
      },
    );
    await fc.assert(property, { numRuns: 700 });
  });

  it('give the same as plain arrays when some stages are fused and some are not', async () => {
    // Node's PassThrough drops undefined.
    const passing = inputs.map((items) => items.filter((item) => item !== undefined));
    const places = fc.array(fc.constantFrom(...joins), { minLength: 6, maxLength: 6 });
    const property = fc.asyncProperty(
      passing,
      sourceForm,
      chainOf(),
      failurePoint,
      places,
      async (input, form, chain, point, how) => {
        const parts = stagesOf(chain, point).flatMap((stage, at) => {
          if (how[at] === 'listened') stage.on('error', () => {});
          return how[at] === 'behind a PassThrough'
            ? [new PassThrough({ objectMode: true }), stage]
            : [stage];
        });
        const outcome = await outcomeOf((take) =>
          pipeline([inForm(form, input), ...parts, forEach(take)]),
        );
        const begins = (at: number) => how[at] !== 'fused' || how[at - 1] === 'listened';
        expectBufferedFlow(outcome, flowsOf(flowOf(input), chain, point, begins));
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });
});
