import { expect } from 'chai';
import { AsyncError } from '../../../lib/core/base/errors.js';
import { SyncHost } from '../../../lib/core/loop/sync-host.js';
import { Timer } from '../../../lib/core/pulls/timer.js';
import { FakeTime } from '../../helpers/fake-time.js';
import { RecordingHost } from '../../helpers/recording-host.js';

describe('Timer', () => {
  const time = new FakeTime();

  it('is busy once set, rings when the time has come, and wakes its host', async () => {
    const host = new RecordingHost();
    const timer = new Timer(host);
    expect(timer).to.include({ busy: false, rang: false });
    timer.set(10);
    expect(timer).to.include({ busy: true, rang: false });
    await time.pass(9);
    expect(host.told).to.deep.equal(['waiting']);
    await time.pass(1);
    expect(timer).to.include({ busy: true, rang: true });
    expect(host.told).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  it('is never heard of once cleared, before or after it has rung', async () => {
    const host = new RecordingHost();
    const timer = new Timer(host);
    timer.set(10);
    timer.clear();
    timer.clear();
    await time.pass(20);
    expect(host.told).to.deep.equal(['waiting', 'arrived']);
    timer.set(10);
    await time.pass(10);
    timer.clear();
    expect(timer).to.include({ busy: false, rang: false });
    expect(host.told.slice(2)).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  it('rings only for what it was set to last', async () => {
    const host = new RecordingHost();
    const timer = new Timer(host);
    timer.set(10);
    await time.pass(5);
    timer.set(10);
    await time.pass(5);
    expect(timer.rang).to.equal(false);
    await time.pass(5);
    expect(timer.rang).to.equal(true);
    expect(host.told.filter((told) => told === 'wake')).to.have.lengthOf(1);
  });

  it('sets no timer where nothing may wait', () => {
    const timer = new Timer(new SyncHost({}));
    expect(() => timer.set(10)).to.throw(AsyncError);
    expect(timer.busy).to.equal(false);
  });
});
