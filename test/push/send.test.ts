import { expect } from 'chai';
import { ClosedError } from '../../lib/core/base/errors.js';
import { Send } from '../../lib/push/send.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');

describe('Send', () => {
  noUnhandled();

  it('is answered by the last answer once all that came of it is done', async () => {
    const waiting = new Set<Send>();
    const send = new Send();
    send.waitIn(waiting);
    send.retain();
    send.answer = 'first';
    send.release();
    expect(waiting.has(send)).to.equal(true);
    const { promise } = send;
    send.answer = 'last';
    send.release();
    expect(waiting.size).to.equal(0);
    expect(await promise).to.equal('last');
  });

  it('gives the answer to a caller that awaits it late', async () => {
    const send = new Send();
    send.answer = 7;
    send.release();
    expect(await send.promise).to.equal(7);
  });

  it('is rejected when it is refused, and when it fails, however late one asks', async () => {
    const refused = new Send();
    refused.refuse();
    expect(await rejection(refused.promise)).to.be.instanceOf(ClosedError);
    const failed = new Send();
    const { promise } = failed;
    failed.reject(cause);
    expect(await rejection(promise)).to.equal(cause);
    expect(await rejection(failed.promise)).to.equal(cause);
  });

  it('that is rejected already is not answered any more', async () => {
    const send = new Send();
    send.reject(cause);
    send.release();
    expect(await rejection(send.promise)).to.equal(cause);
  });
});
