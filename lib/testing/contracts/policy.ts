import assert from 'node:assert/strict';
import { deadLetter, type FailedItem, forEach, StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import {
  FAILS_AT,
  failing,
  isCause,
  isNullItem,
  rejecting,
  throwing,
} from '../harness/failing-callback.js';
import type { Callback, CallbackSpec, Policies, Subject } from '../harness/stage-spec.js';
import { ways } from '../harness/ways.js';
import { policyFailureContract } from './policy-failure.js';

/** `onError` decides what happens to an item that the callback fails on. All other items pass as usual. */
export function policyContract<I, O>(
  subject: Subject<I, O>,
  spec: CallbackSpec<I, O>,
  check: AddCheck,
): void {
  const { kind, input, sync: ever = false } = subject;
  const { make, goOn, nulls = [], stageName } = spec;
  const made = (act: () => unknown, options: Policies) => make(failing(act, goOn), options);
  const going = () => make(() => goOn);
  const others = input.filter((_, at) => at !== FAILS_AT);
  const isIt = (error: unknown) => isCause(error) || isNullItem(error);

  const kinds = {
    throws: { act: throwing, sync: true },
    rejects: { act: rejecting, sync: false },
    ...Object.fromEntries(
      nulls.map((answer) => [
        `answers ${JSON.stringify(answer)}`,
        { act: () => answer, sync: true },
      ]),
    ),
  };

  for (const [title, { act, sync }] of Object.entries(kinds)) {
    for (const [how, run] of ways<I, O>(kind, ever && sync)) {
      check(`skips the item, and no other, when its callback ${title} ${how}`, async () => {
        const expected = await run(others, going());
        assert.deepEqual(await run(input, made(act, { onError: 'skip' })), expected);
      });

      if (how !== 'through pull')
        check(
          `hands the item to its deadLetter, and no other, when its callback ${title} ${how}`,
          async () => {
            const expected = await run(others, going());
            const letters: FailedItem<unknown>[] = [];
            const onError = deadLetter<unknown>(forEach((letter) => letters.push(letter)));
            assert.deepEqual(await run(input, made(act, { onError })), expected);
            assert.equal(letters.length, 1);
            const [{ item, error }] = letters as [FailedItem<unknown>];
            assert.equal(item, input[FAILS_AT]);
            assert.ok(error instanceof StageError);
            assert.deepEqual([error.index, error.item], [FAILS_AT, item]);
            if (stageName) assert.deepEqual(error.stage, { name: stageName, position: 1 });
            assert.ok(isIt(error.cause));
          },
        );

      check(
        `takes the answer of onError for that of its callback, which ${title} ${how}`,
        async () => {
          const calls: unknown[][] = [];
          const onError = (...args: unknown[]): never => {
            calls.push(args);
            return (sync ? goOn : Promise.resolve(goOn)) as never;
          };
          const expected = await run(input, going());
          assert.deepEqual(await run(input, made(act, { onError })), expected);
          assert.equal(calls.length, 1);
          const [error, item, context] = calls[0] as [unknown, I, { signal: AbortSignal }];
          assert.ok(isIt(error), String(error));
          assert.equal(item, input[FAILS_AT]);
          assert.equal(context.signal.aborted, false);
        },
      );
    }
  }

  for (const [title, act, sync] of [
    ['throws', throwing, true],
    ['rejects', rejecting, false],
  ] as const) {
    for (const [how, run] of ways<I, O>(kind, ever && sync)) {
      check(`tries the item again in its place when its callback ${title} ${how}`, async () => {
        const expected = await run(input, going());
        const calls: unknown[][] = [];
        const fails = failing(act, goOn);
        const noting: Callback = (...args) => {
          calls.push(args);
          return fails(...args);
        };
        assert.deepEqual(await run(input, make(noting, { retry: { attempts: 2 } })), expected);
        // A retried call gets the context of the first attempt. Other calls may be in progress, each with its own.
        const [first = [], ...later] = calls.slice(FAILS_AT);
        const again = later.find((args) => args.at(-1) === first.at(-1));
        assert.deepEqual(again?.slice(0, -1), first.slice(0, -1));
      });
    }
  }
  policyFailureContract(subject, spec, check);
}
