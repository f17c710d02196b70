import { once } from 'node:events';
import { expect } from 'chai';
import { hub } from '../../lib/junctions/hub.js';
import { map } from '../../lib/operators/map.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

const fulfilled = (value: unknown, dropped = 0) => ({ status: 'fulfilled', value, dropped });

describe('closing and failing in hub', () => {
  noUnhandled();
  const cause = new Error('on purpose');

  it('hub fails with the error of a branch that is not to be detached, and closes the others', async () => {
    const counted = new Counted();
    const all = hub<number>();
    const stuck = new Stalled();
    const other = all.join(stuck, { when: 'drop-newest' });
    const refuse = (x: number) => {
      if (x === 2) throw cause;
      return x;
    };
    const failing = all.join(compose(map(refuse), drain()));
    const error = await stageFailure(pipeline(counted.later(), all));
    expect(error).to.include({ cause, index: 2 });
    for (const { result } of [failing, other])
      expect(await result).to.include({ status: 'rejected', reason: error });
    expect([stuck.closed, counted.closed]).to.deep.equal([true, true]);
  });

  it('hub that is aborted closes its branches, whose results say so', async () => {
    const abort = new AbortController();
    const all = hub<number>();
    const stuck = new Stalled();
    const member = all.join(stuck);
    const run = rejection(pipeline(range(0, 99), all, { signal: abort.signal }));
    await quiet(() => stuck.taken);
    abort.abort();
    const error = await run;
    expect(error).to.have.property('code', 'ABORT_ERR');
    expect(await member.result).to.include({ status: 'rejected', reason: error });
    expect(stuck.closed).to.equal(true);
  });

  it('hub that is aborted while no branch is there closes its source', async () => {
    const abort = new AbortController();
    const counted = new Counted();
    const run = rejection(pipeline(counted.items(), hub(), { signal: abort.signal }));
    await quiet(() => counted.asked);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });

  it('hub stops gracefully, and its branches have their results', async () => {
    const stop = new AbortController();
    const all = hub<number>();
    const member = all.join(
      forEach((x: number) => {
        if (x === 3) stop.abort();
      }),
    );
    const counted = new Counted();
    expect(await pipeline(counted.items(), all, { stop: stop.signal })).to.deep.equal({
      dropped: 0,
    });
    expect(await member.result).to.deep.equal(fulfilled(undefined));
    expect(counted.closed).to.equal(true);
  });

  it('hub that is destroyed before use closes what has joined', async () => {
    const all = hub();
    const stuck = new Stalled();
    const member = all.join(stuck);
    all.destroy();
    await once(all, 'close');
    expect(stuck.closed).to.equal(true);
    const result = await member.result;
    expect(result).to.have.nested.property('reason.code', 'ERR_SLUICE_CLOSED');
  });

  it('hub refuses a branch once it is over', async () => {
    const all = hub<number>();
    all.join(drain());
    await pipeline(range(0, 3), all);
    expect(() => all.join(drain()))
      .to.throw('the hub is closed')
      .with.property('code', 'ERR_SLUICE_CLOSED');
  });
});
