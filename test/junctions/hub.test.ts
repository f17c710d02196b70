import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { branch } from '../../lib/junctions/branch.js';
import { hub } from '../../lib/junctions/hub.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';

const fulfilled = (value: unknown, dropped = 0) => ({ status: 'fulfilled', value, dropped });

/** A source that gives what it is told to. */
function told<T>() {
  const source = never();
  const give = async (...items: T[]): Promise<void> => {
    for (const item of items) source.push(item);
    await quiet(() => source.readableLength);
  };
  return { source, give, end: () => source.push(null) };
}

describe('hub', () => {
  noUnhandled();
  const cause = new Error('on purpose');

  it('hub gives every item to those that joined before it ran', async () => {
    const all = hub<number>();
    const [a, b] = [all.join(toArray()), all.join(count())];
    expect(await pipeline(range(0, 3), all)).to.deep.equal({ dropped: 0 });
    expect(await a.result).to.deep.equal(fulfilled([0, 1, 2]));
    expect(await b.result).to.deep.equal(fulfilled(3));
  });

  it('hub gives a branch the items between its joining and its leaving', async () => {
    const { source, give, end } = told<number>();
    const all = hub<number>();
    const whole = all.join(toArray());
    const run = pipeline(source, all);
    await give(1, 2);
    const part = all.join(toArray());
    await give(3, 4);
    expect(await part.leave()).to.deep.equal(fulfilled([3, 4]));
    await give(5);
    end();
    await run;
    expect(await whole.result).to.deep.equal(fulfilled([1, 2, 3, 4, 5]));
    expect(await part.result).to.deep.equal(fulfilled([3, 4]));
  });

  it('hub lets a branch that leaves finish what waits for it, without keeping the others', async () => {
    const counted = new Counted();
    const all = hub();
    const slow = new Gated<unknown>();
    const member = all.join(slow.sink, { buffer: 3 });
    all.join(drain());
    const run = pipeline(counted.items(), take(50), all);
    expect(await quiet(() => counted.asked)).to.equal(1 + 3);
    const left = member.leave();
    expect(await quiet(() => counted.asked)).to.equal(50);
    expect(await slow.finish(left)).to.deep.equal(fulfilled(undefined));
    await run;
    expect(slow.begun).to.deep.equal([0, 1, 2, 3]);
  });

  it('hub takes no more than one item while no branch is there, and keeps it for the first', async () => {
    const counted = new Counted();
    const all = hub();
    const run = pipeline(counted.items(), take(3), all);
    expect(await quiet(() => counted.asked)).to.equal(1);
    const member = all.join(toArray());
    expect(await run).to.deep.equal({ dropped: 0 });
    expect(await member.result).to.deep.equal(fulfilled([0, 1, 2]));
  });

  it('hub waits again when the last branch has left, ended early or failed', async () => {
    const { source, give, end } = told<number>();
    const all = hub<number>();
    const run = pipeline(source, all);
    const leaving = all.join(toArray());
    await give(1);
    await leaving.leave();
    await give(2);
    const early = all.join(first());
    expect(await early.result).to.deep.equal(fulfilled(2));
    await give(3);
    const failing = all.join(
      forEach(() => {
        throw cause;
      }),
      { onError: 'detach' },
    );
    expect(await failing.result).to.have.nested.property('reason.cause', cause);
    await give(4);
    const last = all.join(toArray());
    end();
    await run;
    expect(await last.result).to.deep.equal(fulfilled([4]));
  });

  it('hub that drops counts what no branch was there for', async () => {
    const { source, give, end } = told<number>();
    const all = hub<number>({ empty: 'drop' });
    const run = pipeline(source, all);
    await give(1, 2);
    const member = all.join(toArray());
    await give(3);
    await member.leave();
    await give(4);
    end();
    expect(await run).to.deep.equal({ dropped: 3 });
    expect(await member.result).to.deep.equal(fulfilled([3]));
  });

  it('hub lets a branch join and leave from within a callback', async () => {
    const all = hub<number>();
    const inner = toArray<number>();
    let member: ReturnType<typeof all.join<number[]>> | undefined;
    all.join(
      forEach((x: number) => {
        if (x === 2) member = all.join(inner);
        if (x === 5) void member?.leave();
      }),
    );
    await pipeline(range(0, 9), all);
    expect(await member?.result).to.deep.equal(fulfilled([3, 4]));
  });

  it('hub keeps to the policy of each branch', async () => {
    const all = hub<number>();
    const slow = new Gated();
    const member = all.join(slow.sink, { when: 'drop-oldest', buffer: 1 });
    const whole = all.join(toArray());
    const run = pipeline(range(0, 5), all);
    await quiet(() => slow.begun.length);
    await slow.finish(run);
    expect(slow.begun).to.deep.equal([0, 4]);
    expect(await member.result).to.deep.equal(fulfilled(undefined, 3));
    expect(await whole.result).to.deep.equal(fulfilled([0, 1, 2, 3, 4]));
  });

  it('hub takes a stream to read on from', async () => {
    const all = hub<number>();
    const through = new PassThrough({ objectMode: true });
    all.join(through);
    const [items] = await Promise.all([
      pipeline(
        through,
        map((x: number) => x * 2),
        toArray(),
      ),
      pipeline(range(0, 3), all),
    ]);
    expect(items).to.deep.equal([0, 2, 4]);
  });

  it('hub works as a stream of its own', async () => {
    const all = hub<number>();
    const member = all.join(toArray());
    await nodeRun([[1, 2, 3], all]);
    expect(await all.result()).to.deep.equal({ dropped: 0 });
    expect(await member.result).to.deep.equal(fulfilled([1, 2, 3]));
  });

  refuses(
    'hub refuses a policy that is none when a branch joins',
    () => hub().join(drain(), { buffer: 0 }),
    'hub: buffer must be an integer from 1, got 0',
  );
  refuses(
    'hub refuses what is no sink when it joins',
    () => hub().join(5 as never),
    'hub: a branch must be a sink',
  );
  refuses(
    'hub refuses another word for empty',
    () => hub({ empty: 'fail' as never }),
    "hub: empty must be one of 'block', 'drop', got fail",
  );

  it('hub takes a branch with a policy of its own', async () => {
    const all = hub<number>();
    const member = all.join(branch(toArray(), { when: 'drop-newest' }));
    await pipeline(range(0, 2), all);
    expect(await member.result).to.deep.equal(fulfilled(fulfilled([0, 1])));
  });
});
