import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { AbortError, ArgumentError, drain, pipeline, type StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { cause, FAILS_AT, failing, throwing } from '../harness/failing-callback.js';
import { Feed } from '../harness/feed.js';
import { rejection, stageFailure, suppressedBy } from '../harness/rejection.js';
import type { Callback, CallbackSpec, Policies, Subject } from '../harness/stage-spec.js';

/**
 * When `retry` and `onError` don't help, the run fails with the last error, and the earlier ones are in `suppressed`.
 */
export function policyFailureContract<I, O>(
  { input, whole = false }: Subject<I, O>,
  { make, goOn }: CallbackSpec<I, O>,
  check: AddCheck,
): void {
  const made = (act: () => unknown, options: Policies) => make(failing(act, goOn), options);
  const expectOfItem = (error: StageError, inner: unknown) => {
    assert.equal(error.cause, inner);
    assert.deepEqual([error.index, error.item], [FAILS_AT, input[FAILS_AT]]);
  };

  for (const [title, sync] of [
    ['throws', true],
    ['rejects', false],
  ] as const) {
    check(
      `fails with the last error, the others suppressed, when its callback ${title} again and again`,
      async () => {
        const errors: Error[] = [];
        let calls = 0;
        const fail = () => {
          const broken = new Error(`broken on purpose, call ${calls}`);
          errors.push(broken);
          if (sync) throw broken;
          return turn().then(() => Promise.reject(broken));
        };
        let broken: unknown;
        const always: Callback = (...args) => {
          calls += 1;
          if (calls === FAILS_AT + 1) broken = args.at(-1);
          return args.at(-1) === broken ? fail() : goOn;
        };
        const stage = make(always, { retry: { attempts: 3 } });
        const error = await stageFailure(pipeline([input, stage, drain()]));
        assert.equal(errors.length, 3);
        expectOfItem(error, errors[2]);
        assert.deepEqual(suppressedBy(error), errors.slice(0, 2));
      },
    );
  }

  check(
    'fails by name with what onError throws or rejects with, the first error suppressed',
    async () => {
      const worse = new Error('handled badly on purpose');
      const handlers: (() => never)[] = [
        () => {
          throw worse;
        },
        () => turn().then(() => Promise.reject(worse)) as never,
      ];
      for (const onError of handlers) {
        const feed = new Feed<I>({ input, whole });
        const stage = made(throwing, { onError });
        const error = await stageFailure(pipeline([feed.later(), stage, drain()]));
        expectOfItem(error, worse);
        assert.deepEqual(suppressedBy(error), [cause]);
        assert.equal(feed.closed, true);
      }
    },
  );

  check("fails with what its callback throws when onError is 'fail', as without", async () => {
    const stage = made(throwing, { onError: 'fail' });
    const error = await stageFailure(pipeline([input, stage, drain()]));
    assert.deepEqual([error.cause, error.index], [cause, FAILS_AT]);
    assert.ok(!('suppressed' in error));
  });

  check('asks onError nothing once the run is aborted', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    const late = async () => {
      controller.abort();
      await turn();
      log.push('failed');
      throw cause;
    };
    const onError = (): never => {
      log.push('asked');
      return goOn as never;
    };
    const { signal } = controller;
    const items = new Feed<I>({ input, whole }).later();
    const run = pipeline([items, made(late, { onError }), drain()], { signal });
    assert.ok((await rejection(run)) instanceof AbortError);
    await turn();
    await turn();
    assert.deepEqual(log, ['failed']);
  });

  check('refuses an onError that it does not know at the call', () => {
    for (const wrong of ['drop', null, 3, {}, true]) {
      const call = () => make(() => goOn, { onError: wrong as never });
      assert.throws(call, (error) => {
        assert.ok(error instanceof ArgumentError);
        assert.match(error.message, /: onError must be/);
        return true;
      });
    }
  });
}
