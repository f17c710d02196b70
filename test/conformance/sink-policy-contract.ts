import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ArgumentError, deadLetter, forEach, pipeline, type Sink } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { stageFailure } from '../helpers/rejection.js';
import type { SinkCallbackSpec } from './sink-conformance.js';
import type { Callback } from './subject.js';

const cause = new Error('broken on purpose');
const numbers = [0, 1, 2, 3, 4];
const FAILS_AT = 1;

type Run = (items: readonly number[], sink: Sink<number, unknown>) => Promise<unknown>;

const ways: Record<string, Run> = {
  'through pipeline': (items, sink) => pipeline(items, sink),
  "through Node's pipeline": async (items, sink) => {
    await nodeRun([items, sink]);
    return sink.result();
  },
};

const acts = {
  throws: (): never => {
    throw cause;
  },
  rejects: () => turn().then(() => Promise.reject(cause)),
};

/** What becomes of an item that the callback fails on is what `onError` says, and no other item is concerned. */
export function sinkPolicyContract(
  name: string,
  { make, goOn, operator = name }: SinkCallbackSpec,
): void {
  noUnhandled();

  /** Goes well but for one item; notes the others. */
  const failing = (act: () => unknown, seen: unknown[] = []): Callback =>
    function fails(...args) {
      if (args.at(-2) === FAILS_AT) return act();
      seen.push(args.at(-2));
      return goOn;
    };

  for (const [kind, act] of Object.entries(acts)) {
    for (const [how, run] of Object.entries(ways)) {
      it(`${name} skips the item, and no other, when its callback ${kind} ${how}`, async () => {
        const seen: unknown[] = [];
        const result = await run(numbers, make(failing(act, seen), { onError: 'skip' }));
        const others = numbers.filter((item) => item !== FAILS_AT);
        expect(result).to.deep.equal(await run(others, make(failing(act))));
        expect(seen).to.deep.equal(others);
      });

      it(`${name} hands the item to its deadLetter, and no other, when its callback ${kind} ${how}`, async () => {
        const letters: unknown[] = [];
        const onError = deadLetter<unknown>(
          forEach(({ item, error }) => letters.push([item, error.stage, error.index, error.cause])),
        );
        const result = await run(numbers, make(failing(act), { onError }));
        const others = numbers.filter((item) => item !== FAILS_AT);
        expect(result).to.deep.equal(await run(others, make(failing(act))));
        const stage = { name: `${operator}(fails)`, position: 1 };
        expect(letters).to.deep.equal([[FAILS_AT, stage, FAILS_AT, cause]]);
      });

      it(`${name} takes the answer of onError for that of its callback, which ${kind} ${how}`, async () => {
        const calls: unknown[][] = [];
        const onError = (...args: unknown[]): never => {
          calls.push(args.slice(0, 2));
          return goOn as never;
        };
        const result = await run(numbers, make(failing(act), { onError }));
        const expected = await run(
          numbers,
          make(() => goOn),
        );
        expect(result).to.deep.equal(expected);
        expect(calls).to.deep.equal([[cause, FAILS_AT]]);
      });
    }
  }

  it(`${name} tries the item again in its place, with retry`, async () => {
    const seen: unknown[] = [];
    let calls = 0;
    const fails: Callback = (...args) => {
      seen.push(args.at(-2));
      calls += 1;
      return calls === FAILS_AT + 1 ? acts.rejects() : goOn;
    };
    const result = await pipeline(numbers, make(fails, { retry: { attempts: 2 } }));
    expect(result).to.deep.equal(
      await pipeline(
        numbers,
        make(() => goOn),
      ),
    );
    expect(seen).to.deep.equal([0, 1, 1, 2, 3, 4]);
  });

  it(`${name} fails by name with what onError throws, the first error suppressed`, async () => {
    const worse = new Error('handled badly on purpose');
    const onError = (): never => {
      throw worse;
    };
    const error = await stageFailure(pipeline(numbers, make(failing(acts.throws), { onError })));
    expect(error).to.include({ cause: worse, index: FAILS_AT, item: FAILS_AT });
    expect(error).to.have.property('suppressed').that.deep.equals([cause]);
  });

  it(`${name} fails with onError: 'fail', and refuses one that it does not know`, async () => {
    const error = await stageFailure(
      pipeline(numbers, make(failing(acts.throws), { onError: 'fail' })),
    );
    expect(error.cause).to.equal(cause);
    const call = () => make(() => goOn, { onError: 'drop' as never });
    expect(call).to.throw(ArgumentError, `${operator}: onError must be`);
  });
}
