import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Run } from '../../../lib/core/protocol/run.js';
import { TimeSlice } from '../../../lib/core/time/time-slice.js';
import { busy } from '../../helpers/busy.js';

/** The slice of a loop. */
const sliceOf = (wake: () => void, run = new Run()): TimeSlice => new TimeSlice({ run, wake });

/** Counts costly items until the slice is over, and says how many. */
function itemsUntilDue(slice: TimeSlice, most: number): number {
  let items = 1;
  while (!slice.due()) {
    if (items === most) return expect.fail(`not over after ${most} items`);
    busy(1);
    items += 1;
  }
  return items;
}

describe('TimeSlice', () => {
  it('is over after some ms of work, until the event loop has turned, and resumes once', async () => {
    let resumed = 0;
    const slice = sliceOf(() => {
      resumed += 1;
    });
    itemsUntilDue(slice, 200);
    expect(slice.over).to.equal(true);
    expect(slice.due()).to.equal(true);
    expect(resumed).to.equal(0);
    await turn();
    expect({ resumed, over: slice.over, due: slice.due() }).to.deep.equal({
      resumed: 1,
      over: false,
      due: false,
    });
  });

  it('is never over while the event loop turns between items, however long it all takes', async () => {
    const slice = sliceOf(() => expect.fail('resumed'));
    for (let item = 0; item < 60; item += 1) {
      expect(slice.due()).to.equal(false);
      busy(1);
      await turn();
    }
  });

  it('is over also when promises come between the items, since they do not let the event loop turn', async () => {
    const slice = sliceOf(() => {});
    let items = 0;
    while (!slice.due()) {
      busy(1);
      await Promise.resolve();
      items += 1;
      if (items === 200) expect.fail('never over');
    }
    expect(slice.over).to.equal(true);
  });

  it('ends for all of its run at once, and they resume in the order in which they wanted to go on', async () => {
    const resumed: string[] = [];
    const one = new Run();
    const [first, second] = ['first', 'second'].map((name) =>
      sliceOf(() => resumed.push(name), one),
    ) as [TimeSlice, TimeSlice];
    const ready = { ready: true };
    one.turn.loops.add(ready);
    itemsUntilDue(first, 200);
    expect([second.over, second.due(), ready.ready]).to.deep.equal([true, true, false]);
    await turn();
    expect(resumed).to.deep.equal(['first', 'second']);
    expect([first.over, second.over]).to.deep.equal([false, false]);
  });
});
