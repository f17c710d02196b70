import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcast,
  compose,
  forEach,
  from,
  map,
  merge,
  pipeline,
  pull,
  type Sink,
  type Source,
  tee,
  toArray,
} from '../../lib/index.js';
import { nodeRun } from '../helpers/node-run.js';
import { cause, chainOf, failurePoint, flowsOf, inputs, stagesOf } from './chain.js';
import { type Flow, flowOf } from './flow.js';
import type { Op } from './op.js';
import { expectFailure, expectFlow, outcomeOf, valuesOf } from './outcome.js';
import { inForm, sourceForm } from './source-form.js';
import { TIMEOUT_MS } from './timeout.js';
import { Guards, sourceOf, treeFlow, treeOf } from './tree.js';

describe('random junctions', function () {
  this.timeout(TIMEOUT_MS);

  it('give the same as plain arrays when trees of sources and stages are one run', async () => {
    const property = fc.asyncProperty(treeOf(false), async (tree) => {
      const outcome = await outcomeOf((take) =>
        pipeline(sourceOf(tree, new Guards(undefined, cause)), forEach(take)),
      );
      expectFlow(outcome, treeFlow(tree, new Guards(undefined, cause)));
    });
    await fc.assert(property, { numRuns: 700 });
  });

  it('give the same as plain arrays, failures too, when nothing has to wait', async () => {
    const property = fc.asyncProperty(treeOf(true), failurePoint, async (tree, point) => {
      const expected = treeFlow(tree, new Guards(point, cause));
      const fused = await outcomeOf((take) =>
        pipeline(sourceOf(tree, new Guards(point, cause)), forEach(take)),
      );
      expectFlow(fused, expected);
      const pulled = await outcomeOf((take) => {
        for (const item of pull(sourceOf(tree, new Guards(point, cause)))) take(item);
      });
      expectFlow(pulled, expected);
    });
    await fc.assert(property, { numRuns: 700 });
  });

  it("give the same as plain arrays when Node's pipeline reads them", async () => {
    const property = fc.asyncProperty(treeOf(false), async (tree) => {
      const outcome = await outcomeOf((take) =>
        nodeRun([sourceOf(tree, new Guards(undefined, cause)), forEach(take)]),
      );
      expectFlow(outcome, treeFlow(tree, new Guards(undefined, cause)));
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('random broadcasts', function () {
  this.timeout(TIMEOUT_MS);

  const branch = (
    chain: readonly Op[],
    point?: { op: number; call: number },
  ): Sink<unknown, unknown> =>
    stagesOf(chain, point).reduceRight<Sink<unknown, unknown>>(
      (sink, stage) => compose(stage, sink),
      toArray(),
    );
  const branches = fc.array(chainOf({ maxLength: 4 }), { minLength: 1, maxLength: 4 });
  const join = broadcast as (...args: unknown[]) => Sink<unknown, unknown>;
  const buffer = fc.integer({ min: 1, max: 20 });

  it('give every branch the same as plain arrays would', async () => {
    const property = fc.asyncProperty(
      inputs,
      chainOf({ maxLength: 3 }),
      branches,
      buffer,
      async (input, trunk, chains, room) => {
        const sink = join(...chains.map((chain) => branch(chain)), { buffer: room });
        const results = await pipeline([input, ...stagesOf(trunk), sink]);
        const flow = flowsOf(flowOf(input), trunk).at(-1) as Flow;
        const each = chains.map((chain) =>
          valuesOf(flowsOf(flowOf(valuesOf(flow)), chain).at(-1) as Flow),
        );
        expect(results).to.deep.equal(each);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it('give every branch the same when they are written to as a stream', async () => {
    const property = fc.asyncProperty(inputs, branches, buffer, async (input, chains, room) => {
      const sink = join(...chains.map((chain) => branch(chain)), { buffer: room });
      await nodeRun([from(input), sink]);
      const each = chains.map((chain) => valuesOf(flowsOf(flowOf(input), chain).at(-1) as Flow));
      expect(await sink.result()).to.deep.equal(each);
    });
    await fc.assert(property, { numRuns: 800 });
  });

  it('fail with the error of the branch that fails, at its item', async () => {
    const property = fc.asyncProperty(
      inputs,
      branches,
      failurePoint,
      fc.nat(),
      buffer,
      async (input, chains, point, which, room) => {
        const failing = which % chains.length;
        const pointOf = (at: number) => (at === failing ? point : undefined);
        const sink = join(...chains.map((chain, at) => branch(chain, pointOf(at))), {
          buffer: room,
        });
        const { error } = await outcomeOf(() => pipeline([input, sink]));
        const { failure } = flowsOf(flowOf(input), chains[failing]!, point).at(-1) as Flow;
        if (failure) expectFailure(error, failure);
        else expect(error).to.equal(undefined);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});

describe('random tees', function () {
  this.timeout(TIMEOUT_MS);

  it('give every branch the same as plain arrays would, however far they lie apart', async () => {
    const property = fc.asyncProperty(
      inputs,
      sourceForm,
      fc.array(chainOf({ maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 20 }),
      async (input, form, chains, buffer) => {
        const source = inForm(form, input) as Iterable<unknown>;
        const branches: Source<unknown>[] = tee(source, {
          branches: chains.length as number,
          buffer,
        });
        const runs = chains.map((chain, at) =>
          pipeline([branches[at], ...stagesOf(chain), toArray()]),
        );
        const each = chains.map((chain) => valuesOf(flowsOf(flowOf(input), chain).at(-1) as Flow));
        expect(await Promise.all(runs)).to.deep.equal(each);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});

interface Mark {
  readonly from: number;
  readonly item: unknown;
}

describe('random merges', function () {
  this.timeout(TIMEOUT_MS);

  it('lose nothing, add nothing and keep the order of each source', async () => {
    const sources = fc.array(fc.tuple(inputs, sourceForm, chainOf({ maxLength: 2 })), {
      minLength: 1,
      maxLength: 4,
    });
    const property = fc.asyncProperty(sources, async (all) => {
      const flows = all.map(([input, , chain]) => flowsOf(flowOf(input), chain).at(-1) as Flow);
      const parts = all.map(([input, form, chain], index) => {
        const marked = map((item: unknown): unknown => ({ from: index, item }));
        const source = from(inForm(form, input) as Iterable<unknown>);
        return [...stagesOf(chain), marked].reduce(
          (joined, stage) => compose(joined, stage),
          source,
        );
      });
      const merged = (await pipeline([merge(...parts), toArray()])) as Mark[];
      const each = flows.map((_, from) =>
        merged.filter((mark) => mark.from === from).map(({ item }) => item),
      );
      expect(each).to.deep.equal(flows.map(valuesOf));
      expect(merged).to.have.lengthOf(each.flat(1).length);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
