import { expect } from 'chai';
import fc from 'fast-check';
import { forEach, map, pipeline, push, StageError, take } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { rejection } from '../helpers/rejection.js';
import { TIMEOUT_MS } from './timeout.js';
import { cause, type Plan, plans, Workload } from './workload.js';

const settings = ({ concurrency }: Plan, workload: Workload) => ({
  concurrency,
  order: workload.order,
});

function expectCause(error: unknown, workload: Workload, { failAt }: Plan): void {
  expect(error).to.be.instanceOf(StageError).and.include({ cause, index: failAt, item: failAt });
  expect(error).to.have.nested.property('stage.name', 'map(work)');
  workload.expectTold();
}

describe('map with random concurrency, order and completion', function () {
  this.timeout(TIMEOUT_MS);
  noUnhandled();

  it('gives each item once, in the order promised, within its bounds, or fails once', async () => {
    const property = fc.asyncProperty(plans, async (plan) => {
      const workload = new Workload(plan);
      const { scheduler, items, work, take: consume } = workload;
      const run = pipeline(items, map(work, settings(plan, workload)), forEach(consume));
      if (workload.fails) {
        expectCause(await scheduler.until(rejection(run)), workload, plan);
        const { length } = workload.taken;
        await scheduler.until(new Promise((resolve) => setImmediate(resolve)));
        expect(workload.taken).to.have.lengthOf(length);
      } else {
        await scheduler.until(run);
        expect([...workload.taken].sort((a, b) => a - b)).to.deep.equal(items);
      }
      workload.expectOrder();
      workload.expectBounds();
    });
    await fc.assert(property, { numRuns: 1000 });
  });

  it("does so in Node's own pipeline", async () => {
    const property = fc.asyncProperty(plans, async (plan) => {
      const workload = new Workload(plan);
      const { scheduler, items, work, take: consume } = workload;
      const run = nodeRun([items, map(work, settings(plan, workload)), forEach(consume)]);
      if (workload.fails) expectCause(await scheduler.until(rejection(run)), workload, plan);
      else {
        await scheduler.until(run);
        expect([...workload.taken].sort((a, b) => a - b)).to.deep.equal(items);
      }
      workload.expectOrder();
      expect(workload.mostInFlight).to.be.at.most(plan.concurrency);
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('ends early with success, and tells the calls that are under way', async () => {
    const whole = plans.map((plan) => ({ ...plan, failAt: undefined }));
    const property = fc.asyncProperty(whole, fc.nat(10), async (plan, count) => {
      const workload = new Workload(plan);
      const { scheduler, items, work, take: consume } = workload;
      const stage = map(work, settings(plan, workload));
      await scheduler.until(pipeline(items, stage, take(count), forEach(consume)));
      expect(workload.taken).to.have.lengthOf(Math.min(count, items.length));
      workload.expectOrder();
      workload.expectBounds();
      workload.expectTold();
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('answers each send once, with the answer to what came of it, or rejects it', async () => {
    const property = fc.asyncProperty(plans, async (plan) => {
      const workload = new Workload(plan);
      const { work, take: consume } = workload;
      const producer = push(map(work, settings(plan, workload)), consume);
      const { answers, errors } = await workload.sendAll(producer);
      for (const error of errors) expectCause(error, workload, plan);
      for (const [item, answer] of answers) expect(answer).to.equal(`took ${item}`);
      workload.expectOrder();
      workload.expectBounds();
    });
    await fc.assert(property, { numRuns: 700 });
  });
});
