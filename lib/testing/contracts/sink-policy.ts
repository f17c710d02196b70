import assert from 'node:assert/strict';
import { ArgumentError, deadLetter, forEach, pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { cause, FAILS_AT, rejecting, throwing } from '../harness/failing-callback.js';
import { stageFailure, suppressedBy } from '../harness/rejection.js';
import type { SinkCallbackSpec, SinkSubject } from '../harness/sink-spec.js';
import type { Callback } from '../harness/stage-spec.js';
import { sinkWays } from './sink-result.js';

/** `onError` decides what happens to an item that the callback fails on. All other items pass as usual. */
export function sinkPolicyContract<I>(
  subject: SinkSubject<I>,
  { make, goOn, stageName }: SinkCallbackSpec<I>,
  check: AddCheck,
): void {
  const { input } = subject;
  const bad = input[FAILS_AT];
  const others = input.filter((item) => item !== bad);
  const going = () => make(() => goOn);

  /** A callback that fails on one item, and notes the others. */
  const failing = (act: () => unknown, seen: unknown[] = []): Callback =>
    function fails(...args) {
      if (args.at(-2) === bad) return act();
      seen.push(args.at(-2));
      return goOn;
    };

  for (const [kind, act] of Object.entries({ throws: throwing, rejects: rejecting })) {
    for (const [how, run] of sinkWays(subject)) {
      check(`skips the item, and no other, when its callback ${kind} ${how}`, async () => {
        const seen: unknown[] = [];
        const result = await run(input, make(failing(act, seen), { onError: 'skip' }));
        assert.deepEqual(result, await run(others, make(failing(act))));
        assert.deepEqual(seen, others);
      });

      check(
        `hands the item to its deadLetter, and no other, when its callback ${kind} ${how}`,
        async () => {
          const letters: unknown[] = [];
          const onError = deadLetter<unknown>(
            forEach(({ item, error: { stage, index, cause: inner } }) =>
              letters.push([item, stageName ? stage.name : undefined, index, inner]),
            ),
          );
          const result = await run(input, make(failing(act), { onError }));
          assert.deepEqual(result, await run(others, make(failing(act))));
          assert.deepEqual(letters, [[bad, stageName, FAILS_AT, cause]]);
        },
      );

      check(
        `takes the answer of onError for that of its callback, which ${kind} ${how}`,
        async () => {
          const calls: unknown[][] = [];
          const onError = (...args: unknown[]): never => {
            calls.push(args.slice(0, 2));
            return goOn as never;
          };
          const result = await run(input, make(failing(act), { onError }));
          assert.deepEqual(result, await run(input, going()));
          assert.deepEqual(calls, [[cause, bad]]);
        },
      );
    }
  }

  check('tries the item again in its place, with retry', async () => {
    const seen: unknown[] = [];
    let calls = 0;
    const fails: Callback = (...args) => {
      seen.push(args.at(-2));
      calls += 1;
      return calls === FAILS_AT + 1 ? rejecting() : goOn;
    };
    const result = await pipeline([input, make(fails, { retry: { attempts: 2 } })]);
    assert.deepEqual(result, await pipeline([input, going()]));
    assert.deepEqual(seen, [input[0], bad, bad, ...input.slice(FAILS_AT + 1)]);
  });

  check('fails by name with what onError throws, the first error suppressed', async () => {
    const worse = new Error('handled badly on purpose');
    const onError = (): never => {
      throw worse;
    };
    const error = await stageFailure(pipeline([input, make(failing(throwing), { onError })]));
    assert.equal(error.cause, worse);
    assert.deepEqual([error.index, error.item], [FAILS_AT, bad]);
    assert.deepEqual(suppressedBy(error), [cause]);
  });

  check("fails with onError: 'fail', and refuses one that it does not know", async () => {
    const sink = make(failing(throwing), { onError: 'fail' });
    assert.equal((await stageFailure(pipeline([input, sink]))).cause, cause);
    const call = () => make(() => goOn, { onError: 'drop' as never });
    assert.throws(call, (error) => {
      assert.ok(error instanceof ArgumentError);
      assert.match(error.message, /: onError must be/);
      return true;
    });
  });
}
