import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AbortError, type Context, drain, pipeline } from '../../lib/index.js';
import {
  type Call,
  callbacks,
  ended,
  endings,
  expectCause,
  noted,
  obeying,
  type Parts,
} from '../helpers/at-work.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const refusal = new Error('refused on purpose');

describe('trap: what obeys a signal, taken for a failure', () => {
  noUnhandled();

  const echoes: Record<string, (signal: AbortSignal) => never> = {
    'the reason of its signal': (signal) => signal.throwIfAborted() as never,
    'an AbortError with that reason as its cause': ({ reason }) => {
      throw Object.assign(new Error('told', { cause: reason }), { name: 'AbortError' });
    },
    "an AbortError whose cause is the reason's": ({ reason }) => {
      const { cause } = reason as Error;
      throw Object.assign(new Error('told', { cause }), { name: 'AbortError' });
    },
    'an AbortError without a cause': () => {
      throw new DOMException('told', 'AbortError');
    },
  };
  const news: Record<string, () => Error> = {
    'an AbortError of another operation': () =>
      Object.assign(new Error('told', { cause: refusal }), { name: 'AbortError' }),
    'an error with such an AbortError as its cause': () =>
      new Error('failed', { cause: new DOMException('told', 'AbortError') }),
    'a TimeoutError': () => new DOMException('late', 'TimeoutError'),
  };
  const { map: plain, forEach: sink } = callbacks;
  const kinds = {
    'a call': plain,
    'one of several calls': callbacks['map with concurrency'],
    'the call of a sink': sink,
    'a generator': callbacks['flatMap, in a generator'],
    'a function': callbacks['a sink that is a function'],
  } as Record<string, (call: Call) => Parts>;
  const failed = { 'that fails': endings.fails, 'that is aborted': endings['is aborted'] };
  for (const [what, parts] of Object.entries(kinds)) {
    for (const [when, end] of Object.entries(failed)) {
      for (const [how, act] of Object.entries(echoes)) {
        it(`${how} is no news from ${what} in a run ${when}`, async () => {
          const error = await ended(parts, obeying(act), end);
          expectCause(error);
          expect(error).to.not.have.property('suppressed');
        });
      }
      for (const [how, make] of Object.entries(news)) {
        it(`${how} is suppressed from ${what} in a run ${when}`, async () => {
          const thrown = make();
          const act = () => {
            throw thrown;
          };
          const error = await ended(parts, obeying(act), end);
          expectCause(error);
          expect(noted(error)).to.deep.equal([thrown]);
        });
      }
    }
  }

  it('the finally of a generator is named with what it throws while it is inside next', async () => {
    const controller = new AbortController();
    const source = async function* source({ signal }: Context) {
      try {
        yield 1;
        await once(signal, 'abort');
        yield 2;
      } finally {
        await turn();
        refuse();
      }
    };
    const refuse = (): never => {
      throw refusal;
    };
    const run = pipeline(source as never, drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    const error = await rejection(run);
    expect(error).to.be.instanceOf(AbortError);
    expect(error).to.have.nested.property('suppressed[0].cause', refusal);
    expect(error).to.have.nested.property('suppressed[0].stage.name', 'source');
  });
});
