import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';
import { groupBy } from '../../lib/junctions/group-by.js';
import { map } from '../../lib/operators/map.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

const self = <T>(x: T): T => x;
const third = (x: number): number => x % 3;

describe('failing and stopping in groupBy', () => {
  noUnhandled();
  const cause = new Error('on purpose');
  const refuse = (): never => {
    throw cause;
  };

  it('groupBy makes a sink for each key, once, when the key first comes', async () => {
    const made: unknown[] = [];
    const aborted: boolean[] = [];
    const make = (key: number, { signal }: { signal: AbortSignal }) => {
      made.push(key);
      aborted.push(signal.aborted);
      return count();
    };
    const source = async function* () {
      yield* [5, 5, 6];
      expect(made).to.deep.equal([5, 6]);
      yield* [6, 7];
    };
    await pipeline(source, groupBy(self<number>, make));
    expect(made).to.deep.equal([5, 6, 7]);
    expect(aborted).to.deep.equal([false, false, false]);
  });

  for (const [what, [key, make]] of Object.entries({
    'key throws': [refuse, () => count()],
    'key rejects': [async () => refuse(), () => count()],
    'make throws': [self, refuse],
    'make throws after a promise of the key': [async () => 1, refuse],
  } as const)) {
    it(`groupBy fails by name when ${what}, and closes its source`, async () => {
      const counted = new Counted();
      const sink = groupBy(key as () => unknown, make as () => never, { name: 'groups' });
      const error = await stageFailure(pipeline(counted.later(), sink));
      expect(error).to.deep.include({ stage: { name: 'groups', position: 1 }, index: 0, cause });
      expect(counted.closed).to.equal(true);
    });
  }

  it('groupBy fails when make answers no sink', async () => {
    const error = await stageFailure(
      pipeline(
        [1],
        groupBy(self, () => 5 as never),
      ),
    );
    expect(error.cause).to.be.instanceOf(ArgumentError);
  });

  it('groupBy fails with the error of a group, and closes the others', async () => {
    const counted = new Counted();
    const stuck = new Stalled();
    const make = (key: number) => (key === 0 ? stuck : compose(map(refuse), drain()));
    const error = await stageFailure(pipeline(counted.later(), groupBy(third, make)));
    expect(error.stage).to.deep.equal({
      name: 'map(refuse)',
      position: 1,
      within: { stage: { name: 'groupBy(third)', position: 1 }, side: 'branch', at: 1, key: '1' },
    });
    expect([stuck.closed, counted.closed]).to.deep.equal([true, true]);
  });

  it('groupBy makes no sink for a run that was aborted while a key was pending', async () => {
    let made = 0;
    let answer: (key: number) => void = () => {};
    const abort = new AbortController();
    const key = () =>
      new Promise<number>((resolve) => {
        answer = resolve;
      });
    const make = () => {
      made += 1;
      return count();
    };
    const counted = new Counted();
    const run = rejection(pipeline(counted.items(), groupBy(key, make), { signal: abort.signal }));
    await quiet(() => counted.asked);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    answer(1);
    await quiet(() => made);
    expect(made).to.equal(0);
  });

  it('groupBy closes a group that is ending when the run is aborted', async () => {
    const abort = new AbortController();
    const stuck = new Stalled();
    const sink = groupBy(self<number>, () => stuck, { groups: 1, when: 'end-oldest' });
    const run = rejection(pipeline([1, 2], sink, { signal: abort.signal }));
    await quiet(() => stuck.taken);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(stuck.closed).to.equal(true);
  });

  it('groupBy stops gracefully, with the results so far', async () => {
    const stop = new AbortController();
    const counted = new Counted();
    const make = () =>
      forEach((x: number) => {
        if (x === 5) stop.abort();
      });
    const groups = await pipeline(counted.items(), groupBy(third, make), { stop: stop.signal });
    expect([...groups.keys()]).to.deep.equal([0, 1, 2]);
    expect(counted.closed).to.equal(true);
  });
});
