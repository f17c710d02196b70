import { expect } from 'chai';
import { FirstError } from '../../../lib/core/base/first-error.js';

const first = new Error('first');
const later = new Error('later');

describe('FirstError', () => {
  it('is known with its first error, which may be undefined', () => {
    const failure = new FirstError();
    expect(failure).to.include({ known: false, error: undefined });
    failure.add(undefined);
    failure.add(first);
    expect(failure).to.include({ known: true, error: undefined });
  });

  it('suppresses later errors in the first', () => {
    const failure = new FirstError();
    failure.add(first);
    failure.add(later);
    expect(failure.error).to.equal(first);
    expect((first as Error & { suppressed?: unknown }).suppressed).to.deep.equal([later]);
  });

  it('goes on whatever is thrown, now or later, and adds that', async () => {
    const failure = new FirstError();
    const thrown = new Error('thrown');
    await failure.despite(() => {});
    expect(failure.known).to.equal(false);
    await failure.despite(() => Promise.reject(thrown));
    await failure.despite(() => {
      throw later;
    });
    expect(failure.error).to.equal(thrown);
    expect((thrown as Error & { suppressed?: unknown }).suppressed).to.deep.equal([later]);
  });
});
