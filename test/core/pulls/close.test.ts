import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { closeAll, closeNamed } from '../../../lib/core/pulls/close.js';
import { rejection } from '../../helpers/rejection.js';

const first = () => new Error('first');

describe('closeAll', () => {
  it('closes at once when nothing has to wait', () => {
    const log: number[] = [];
    const pulls = [1, 2].map((at) => ({ close: () => void log.push(at) }));
    expect(closeAll(pulls)).to.equal(undefined);
    expect(log).to.deep.equal([1, 2]);
  });

  it('waits for all that have to', async () => {
    const log: string[] = [];
    const slow = {
      close: async () => {
        await turn();
        log.push('slow');
      },
    };
    await closeAll([slow, { close: () => void log.push('fast') }]);
    expect(log).to.deep.equal(['fast', 'slow']);
  });

  it('closes the others when one throws, then throws the first error with the others suppressed', () => {
    const error = first();
    const later = new Error('later');
    let closed = false;
    const fails = (what: Error) => ({
      close: () => {
        throw what;
      },
    });
    const last = {
      close: () => {
        closed = true;
      },
    };
    expect(() => closeAll([fails(error), fails(later), last]))
      .to.throw(Error)
      .that.equals(error);
    expect(error).to.have.property('suppressed').that.deep.equals([later]);
    expect(closed).to.equal(true);
  });

  it('rejects with the error of one that fails later, once the others are closed', async () => {
    const error = first();
    let closed = false;
    const fails = { close: () => Promise.reject(error) };
    const slow = {
      close: async () => {
        await turn();
        closed = true;
      },
    };
    expect(await rejection(closeAll([fails, slow]) as Promise<void>)).to.equal(error);
    expect(closed).to.equal(true);
  });
});

describe('closeNamed', () => {
  const named = (error: unknown) => new Error('named', { cause: error });

  it('names what is thrown at once', () => {
    const error = first();
    const fails = {
      close: () => {
        throw error;
      },
    };
    expect(() => closeNamed(fails, named))
      .to.throw('named')
      .with.property('cause', error);
  });

  it('names what is thrown later', async () => {
    const error = first();
    const closing = closeNamed({ close: () => Promise.reject(error) }, named);
    expect(await rejection(closing as Promise<void>)).to.have.property('cause', error);
  });

  it('does not wait for what has closed', () => {
    expect(closeNamed({ close: () => {} }, named)).to.equal(undefined);
  });
});
