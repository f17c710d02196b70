import { expect } from 'chai';
import { Alarm } from '../../lib/core/alarm.js';
import { AsyncError } from '../../lib/core/errors.js';
import { SyncHost } from '../../lib/core/sync-host.js';
import { FakeTime } from '../helpers/fake-time.js';
import { RecordingHost } from '../helpers/recording-host.js';

describe('Alarm', () => {
  const time = new FakeTime();

  it('is busy once set, rings when the time has come, and wakes its host', async () => {
    const host = new RecordingHost();
    const alarm = new Alarm(host);
    expect(alarm).to.include({ busy: false, rang: false });
    alarm.set(10);
    expect(alarm).to.include({ busy: true, rang: false });
    await time.pass(9);
    expect(host.told).to.deep.equal(['waiting']);
    await time.pass(1);
    expect(alarm).to.include({ busy: true, rang: true });
    expect(host.told).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  it('is never heard of once cleared, before or after it has rung', async () => {
    const host = new RecordingHost();
    const alarm = new Alarm(host);
    alarm.set(10);
    alarm.clear();
    alarm.clear();
    await time.pass(20);
    expect(host.told).to.deep.equal(['waiting', 'arrived']);
    alarm.set(10);
    await time.pass(10);
    alarm.clear();
    expect(alarm).to.include({ busy: false, rang: false });
    expect(host.told.slice(2)).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  it('rings only for what it was set to last', async () => {
    const host = new RecordingHost();
    const alarm = new Alarm(host);
    alarm.set(10);
    await time.pass(5);
    alarm.set(10);
    await time.pass(5);
    expect(alarm.rang).to.equal(false);
    await time.pass(5);
    expect(alarm.rang).to.equal(true);
    expect(host.told.filter((told) => told === 'wake')).to.have.lengthOf(1);
  });

  it('sets no timer where nothing may wait', () => {
    const alarm = new Alarm(new SyncHost({}));
    expect(() => alarm.set(10)).to.throw(AsyncError);
    expect(alarm.busy).to.equal(false);
  });
});
