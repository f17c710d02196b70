import { expect } from 'chai';
import fc from 'fast-check';
import { flatMap, forEach, pipeline, push, StageError, take } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { rejection } from '../helpers/rejection.js';
import { TIMEOUT_MS } from './timeout.js';
import { cause, type Plan, partsOf, plans, Workload } from './workload.js';

const stageOf = ({ concurrency }: Plan, { open, order }: Workload) =>
  flatMap(open, { concurrency, order });

const originOf = (part: number): number => Math.floor(part / 10);

function expectCause(error: unknown, workload: Workload, { failAt }: Plan): void {
  expect(error).to.be.instanceOf(StageError).and.include({ cause, index: failAt, item: failAt });
  expect(error).to.have.nested.property('stage.name', 'flatMap(open)');
  workload.expectTold();
}

const sorted = (items: readonly number[]): number[] => [...items].sort((a, b) => a - b);

describe('flatMap with random concurrency, order and completion', function () {
  this.timeout(TIMEOUT_MS);
  noUnhandled();

  it('gives all of each item once, in the order promised, within its bounds, or fails once', async () => {
    const property = fc.asyncProperty(plans, fc.boolean(), async (plan, fused) => {
      const workload = new Workload(plan);
      const { scheduler, items, take: consume } = workload;
      const parts = [items, stageOf(plan, workload), forEach(consume)];
      const run = fused ? pipeline(parts) : nodeRun(parts);
      if (workload.fails) expectCause(await scheduler.until(rejection(run)), workload, plan);
      else {
        await scheduler.until(run);
        expect(sorted(workload.taken)).to.deep.equal(items.flatMap(partsOf));
      }
      workload.expectOrder(originOf);
      expect(workload.mostInFlight).to.be.at.most(plan.concurrency);
    });
    await fc.assert(property, { numRuns: 1000 });
  });

  it('holds no more than one item of each that is open, and tells those when it ends early', async () => {
    const lazy = plans.map((plan) => ({ ...plan, failAt: undefined }));
    const property = fc.asyncProperty(lazy, fc.nat(20), async (plan, count) => {
      const workload = new Workload(plan);
      const { scheduler, take: consume } = workload;
      // Arrays are made as a whole.
      const items = workload.items.map((item) => item - (item % 3 === 1 ? 1 : 0));
      const run = pipeline(new Set(items), stageOf(plan, workload), take(count), forEach(consume));
      await scheduler.until(run);
      workload.expectOrder(originOf);
      workload.expectBounds();
      workload.expectTold();
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('answers each send once, with the last answer to what came of it, or rejects it', async () => {
    const property = fc.asyncProperty(plans, async (plan) => {
      const workload = new Workload(plan);
      const { take: consume, taken } = workload;
      const producer = push(stageOf(plan, workload), consume);
      const { answers, errors } = await workload.sendAll(producer);
      for (const error of errors) expectCause(error, workload, plan);
      for (const [item, answer] of answers) {
        const last = taken.findLast((part) => originOf(part) === item);
        expect(answer).to.equal(last === undefined ? undefined : `took ${last}`);
      }
      workload.expectOrder(originOf);
    });
    await fc.assert(property, { numRuns: 700 });
  });
});
