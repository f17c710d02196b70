import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { IdleFlush } from '../../../lib/core/time/idle-flush.js';

describe('IdleFlush', () => {
  it('wakes once when the event loop has turned, however often it is asked for', async () => {
    const passes: boolean[] = [];
    const idle: IdleFlush = new IdleFlush(() => passes.push(idle.passing), { over: false });
    idle.soon();
    idle.soon();
    expect(passes).to.deep.equal([]);
    await turn();
    expect(passes).to.deep.equal([true]);
    expect(idle.passing).to.equal(false);
  });

  it('can be asked for again from within the pass', async () => {
    let passes = 0;
    const idle: IdleFlush = new IdleFlush(
      () => {
        passes += 1;
        if (passes === 1) idle.soon();
      },
      { over: false },
    );
    idle.soon();
    await turn();
    await turn();
    expect(passes).to.equal(2);
  });

  it('waits another turn as long as items are held up by the end of a time slice', async () => {
    const slice = { over: true };
    let passes = 0;
    const idle = new IdleFlush(() => {
      passes += 1;
    }, slice);
    idle.soon();
    await turn();
    await turn();
    expect(passes).to.equal(0);
    slice.over = false;
    await turn();
    expect(passes).to.equal(1);
  });
});
