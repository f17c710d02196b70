import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../../lib/core/base/deferred.js';
import { AsyncError } from '../../../lib/core/base/errors.js';
import { SyncHost } from '../../../lib/core/loop/sync-host.js';
import { Pending } from '../../../lib/core/pulls/pending.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { RecordingHost } from '../../helpers/recording-host.js';

const cause = new Error('broken on purpose');

describe('Pending', () => {
  noUnhandled();

  it('is free, then busy while the promise is pending, and free again once its value is taken', async () => {
    const awaiting = new Pending<string>(new RecordingHost());
    const { promise, resolve } = new Deferred<string>();
    expect(awaiting).to.include({ free: true, busy: false });
    awaiting.start(promise);
    expect(awaiting).to.include({ free: false, busy: true });
    resolve('there');
    await turn();
    expect(awaiting).to.include({ free: false, busy: false });
    expect(awaiting.take()).to.equal('there');
    expect(awaiting).to.include({ free: true, busy: false });
  });

  it('tells its host that it waits, and wakes it when the promise is there', async () => {
    const host = new RecordingHost();
    new Pending<number>(host).start(Promise.resolve(1));
    expect(host.told).to.deep.equal(['waiting']);
    await turn();
    expect(host.told).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  it('throws what the promise rejected with when it is taken, and not before', async () => {
    const awaiting = new Pending<number>(new RecordingHost());
    awaiting.start(Promise.reject(cause));
    await turn();
    expect(() => awaiting.take())
      .to.throw(Error)
      .that.equals(cause);
    expect(awaiting.free).to.equal(true);
  });

  it('waits for a thenable that calls back before then() has returned', async () => {
    const awaiting = new Pending<number>(new RecordingHost());
    awaiting.start({ then: (resolved) => resolved?.(7) as never });
    expect(awaiting.busy).to.equal(true);
    await turn();
    expect(awaiting.take()).to.equal(7);
  });

  it('fails with what the then() of a thenable throws', async () => {
    const awaiting = new Pending<number>(new RecordingHost());
    const then = () => {
      throw cause;
    };
    awaiting.start({ then });
    await turn();
    expect(() => awaiting.take())
      .to.throw(Error)
      .that.equals(cause);
  });

  it('throws AsyncError for a synchronous host, which leaves no rejection unhandled', () => {
    const awaiting = new Pending<number>(new SyncHost({}));
    expect(() => awaiting.start(Promise.reject(cause))).to.throw(AsyncError);
  });
});
