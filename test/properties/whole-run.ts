import { install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  type AbortError,
  deadLetter,
  type FailedItem,
  forEach,
  pipeline,
  push,
  StageError,
} from '../../lib/index.js';
import { causeOf, suppressedBy } from '../../lib/testing/harness/rejection.js';
import { Unhandled } from '../../lib/testing/harness/unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { type Parcel, parcel, type Unit } from './ledger.js';
import { Chain, type Link, laneOf, link, linkRoom, orderOf } from './whole-chain.js';
import { copiesOf, Ends, type SinkSpec, sinkRoom, sinkSpec } from './whole-sink.js';
import { Sources, type SourceTree, sourceRoom, sourceSize, sourceTree } from './whole-source.js';
import { type Fault, fault, World } from './world.js';

/** A whole run: sources, stages, sinks, a fault, and a seed for the order in which promises settle. */
interface Plan {
  readonly sources: SourceTree;
  readonly links: readonly Link[];
  readonly sink: SinkSpec;
  readonly fault: Fault;
  readonly seed: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  sources: sourceTree,
  links: fc.array(link, { maxLength: 4 }),
  sink: sinkSpec,
  fault,
  seed: fc.nat(),
});

type Outcome = PromiseSettledResult<unknown>;

/** The world of a plan, and its stages. */
function worldOf({ seed, fault, sink, links }: Plan) {
  const world = new World(seed, fault, copiesOf(sink));
  const letters = deadLetter<Parcel>(
    forEach(({ item }: FailedItem<Parcel>) => world.call(() => world.ledger.dropped(item))),
    { buffer: 2 },
  );
  const chain = new Chain(world, letters);
  const stages = links.map((each) => chain.of(each));
  return { world, stages, end: new Ends(world).of(sink) };
}

function withoutFunctions(drawn: Plan): Plan {
  const links = drawn.links.filter(({ does }) => does !== 'generator');
  const ends = drawn.sink.ends.map((end) => (end === 'function' ? 'forEach' : end));
  return { ...drawn, links, sink: { ...drawn.sink, ends } };
}

const settle = (run: Promise<unknown>): Promise<Outcome> =>
  Promise.allSettled([run]).then(([outcome]) => outcome);

/** Checks that hold for each run by `pipeline`. */
async function byPipeline(drawn: Plan): Promise<void> {
  const { world, stages, end } = worldOf(drawn);
  const sources = new Sources(world, drawn.fault.what === 'stop');
  const parts = [sources.of(drawn.sources), ...stages, end];
  const { signal } = world.aborting;
  const run = pipeline(parts, { signal, stop: world.stopping.signal });
  const outcome = await world.scheduler.until(settle(run));
  expect(world.closed, 'closed when it settles').to.equal(world.opened);
  world.over = true;
  await world.scheduler.rest();
  expect(world.late, 'what happened after it had settled').to.equal(0);
  expectOutcome(outcome, world, drawn);
  if (outcome.status === 'fulfilled')
    expect(world.ledger.underWay.length).to.be.at.most(sources.leftOver);
  expect(world.ledger.mostUnderWay).to.be.at.most(roomOf(drawn));
  expectOrder(world, drawn);
}

/** Checks that hold for each run by Node's pipeline, where each part is a stream. */
async function byNode(drawn: Plan): Promise<void> {
  // No functions: Node decides whether they are closed, and which error is reported behind them.
  const { world, stages, end } = worldOf(withoutFunctions(drawn));
  const sources = new Sources(world, drawn.fault.what === 'stop');
  const { signal } = world.aborting;
  const run = nodeRun([sources.of(drawn.sources), ...stages, end], { signal });
  const outcome = await world.scheduler.until(settle(run));
  await world.scheduler.rest();
  await quiet(() => world.closed);
  expect(world.closed, 'closed').to.equal(world.opened);
  if (!world.closing && drawn.fault.what !== 'stop') expectOutcome(outcome, world, drawn);
  if (outcome.status === 'fulfilled' && !world.closing)
    expect(world.ledger.underWay.length).to.be.at.most(sources.leftOver);
  expectOrder(world, drawn);
}

/** Checks that hold for each run by `push`: every send settles once. */
async function byPush(drawn: Plan): Promise<void> {
  // No function as the sink: `push` would call it once per item.
  const { sink } = withoutFunctions(drawn);
  const { world, stages, end } = worldOf({ ...drawn, sink });
  const join = push as (...parts: unknown[]) => ReturnType<typeof push>;
  const producer = join(...stages, end) as unknown as {
    send(item: Parcel): Promise<unknown>;
    close(): Promise<unknown>;
    destroy(): void;
  };
  world.aborting.signal.addEventListener('abort', () => producer.destroy());
  const answered: number[] = [];
  const send = async (index: number): Promise<void> => {
    const unit = { source: 0, index, part: '' };
    world.ledger.given(unit);
    try {
      await producer.send(parcel(unit));
    } finally {
      answered.push(index);
    }
  };
  const { form, count } = { form: 'items', count: 12, ...drawn.sources } as {
    form: string;
    count: number;
  };
  const sends: Promise<Outcome>[] = [];
  for (let index = 0; index < count; index += 1) {
    sends.push(settle(send(index)));
    if (form !== 'items')
      await world.scheduler.until(Promise.resolve(world.scheduler.anyTime(() => {})));
  }
  const outcome = await world.scheduler.until(settle(producer.close()));
  const all = await world.scheduler.until(Promise.all(sends));
  await world.scheduler.rest();
  expect(answered.sort((a, b) => a - b)).to.deep.equal([...Array(count).keys()]);
  expect(world.closed, 'closed').to.equal(world.opened);
  const failed = all.some(({ status }) => status === 'rejected');
  if (outcome.status === 'fulfilled') {
    expect(failed, 'a send that rejects where all goes well').to.equal(false);
    expect(world.ledger.underWay).to.deep.equal([]);
  }
  if (!world.broken || world.absorbed || drawn.fault.what === 'stop')
    expect(outcome.status).to.equal('fulfilled');
  else if (drawn.fault.what === 'fail') expect(outcome.status).to.equal('rejected');
  expectOrder(world, drawn);
}

/** Checks that the outcome fits the fault. */
function expectOutcome(outcome: Outcome, world: World, { fault: { what } }: Plan): void {
  if (!world.broken || what === 'stop' || world.absorbed) {
    if (outcome.status === 'rejected') throw outcome.reason;
    return;
  }
  // The abort may have come too late.
  if (what === 'abort' && outcome.status === 'fulfilled') {
    expect(world.ledger.underWay).to.deep.equal([]);
    return;
  }
  if (outcome.status === 'fulfilled') {
    expect(world.unwanted, `resolved in spite of ${what}`).to.equal(true);
    return;
  }
  const { reason } = outcome;
  if (what === 'abort') {
    expect((reason as AbortError).code, String(reason)).to.equal('ABORT_ERR');
    return;
  }
  const others = (suppressedBy(reason) ?? []) as unknown[];
  expect([reason, ...others].map(causeOf), String(reason)).to.include(world.cause);
  if (reason instanceof StageError && world.item) expect(reason.item).to.equal(world.item);
}

/** The greatest number of units that may be on their way at once. */
function roomOf({ sources, links, sink }: Plan): number {
  let size = sourceSize(sources);
  let room = sourceRoom(sources);
  let parts = 1;
  for (const each of links) {
    const its = linkRoom(each);
    if (each.does === 'split') parts *= Math.max(1, each.into);
    room += its.room * size * parts;
    size *= its.size;
  }
  return room + sinkRoom(sink) * size * parts;
}

function expectOrder({ ledger }: World, { links }: Plan): void {
  const order = orderOf(links);
  const does = links.map((each) => each.does);
  const batch = does.lastIndexOf('batch', does.lastIndexOf('split'));
  const before = does.slice(0, batch).filter((each) => each === 'split').length;
  // The items of a batch are split together, so only the parts of each item keep their order.
  const own = ({ index, part }: Unit) => [index, ...part.split('.').slice(1, before + 1)].join('.');
  const lane = does.includes('split') && batch >= 0 ? own : () => '';
  // A batch has units of several keys, and its own key is that of one of them. So order by key is lost.
  if (order === 'input') ledger.expectOrder(lane);
  if (order === 'key' && !does.includes('batch')) ledger.expectOrder(laneOf);
}

/** Runs with fake timers: the grace period can't pass on a busy machine. Checks that no timer is left. */
const timeless =
  (run: (drawn: Plan) => Promise<void>) =>
  async (drawn: Plan): Promise<void> => {
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
    let left = 0;
    try {
      await run(drawn);
    } finally {
      left = clock.countTimers();
      clock.uninstall();
    }
    expect(left, 'timers left behind').to.equal(0);
  };

/** Checks after each run that it left no error unhandled, so that the failing run is known. */
const handling =
  (run: (drawn: Plan) => Promise<void>) =>
  async (drawn: Plan): Promise<void> => {
    const unhandled = new Unhandled();
    let seen: readonly unknown[] = [];
    try {
      await run(drawn);
    } finally {
      seen = unhandled.stop();
    }
    expect(seen, 'unhandled errors').to.deep.equal([]);
  };

/** Random whole runs: each is one property, for tests and for a soak alike. */
export const wholeRuns = {
  pipeline: fc.asyncProperty(plan, handling(timeless(byPipeline))),
  "Node's pipeline": fc.asyncProperty(plan, handling(byNode)),
  push: fc.asyncProperty(plan, handling(byPush)),
};
