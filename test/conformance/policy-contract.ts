import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AbortError,
  ArgumentError,
  deadLetter,
  drain,
  forEach,
  NullItemError,
  pipeline,
  StageError,
} from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { ways } from './output-contract.js';
import { type Callback, type CallbackSpec, Feed, type Subject } from './subject.js';

const cause = new Error('broken on purpose');
const FAILS_AT = 1;

/** What becomes of an item that the callback fails on is what `onError` says, and no other item is concerned. */
export function policyContract<I, O>(
  { name, input, whole = false }: Subject<I, O>,
  { make, goOn, nulls, named = true, operator = name }: CallbackSpec<I, O>,
): void {
  const stageName = named ? `${operator}(fails)` : operator;
  noUnhandled();

  /** Goes well but for the second call. */
  const failing = (act: () => unknown): Callback => {
    let calls = 0;
    return function fails() {
      calls += 1;
      return calls === FAILS_AT + 1 ? act() : goOn;
    };
  };
  const throwing = (): never => {
    throw cause;
  };
  const kinds = {
    throws: { act: throwing, sync: true },
    rejects: { act: () => turn().then(throwing), sync: false },
    ...Object.fromEntries(
      nulls.map((answer) => [
        `answers ${JSON.stringify(answer)}`,
        { act: () => answer, sync: true },
      ]),
    ),
  };
  const others = input.filter((_, at) => at !== FAILS_AT);
  const heard = (error: unknown) => error === cause || error instanceof NullItemError;

  for (const [kind, { act, sync }] of Object.entries(kinds)) {
    for (const [how, run] of ways<I, O>(sync)) {
      it(`${name} skips the item, and no other, when its callback ${kind} ${how}`, async () => {
        const expected = await run(
          others,
          make(() => goOn),
        );
        const skipping = make(failing(act), { onError: 'skip' });
        expect(await run(input, skipping)).to.deep.equal(expected);
      });

      if (how !== 'through pull')
        it(`${name} hands the item to its deadLetter, and no other, when its callback ${kind} ${how}`, async () => {
          const expected = await run(
            others,
            make(() => goOn),
          );
          const letters: { item: unknown; error: StageError }[] = [];
          const onError = deadLetter(
            forEach((letter: (typeof letters)[0]) => letters.push(letter)),
          );
          expect(await run(input, make(failing(act), { onError }))).to.deep.equal(expected);
          expect(letters).to.have.lengthOf(1);
          const [{ item, error } = expect.fail()] = letters;
          expect(item).to.equal(input[FAILS_AT]);
          expect(error).to.be.instanceOf(StageError).and.include({ index: FAILS_AT, item });
          expect(error.stage).to.deep.equal({ name: stageName, position: 1 });
          expect(error.cause).to.satisfy(heard);
        });

      it(`${name} takes the answer of onError for that of its callback, which ${kind} ${how}`, async () => {
        const calls: unknown[][] = [];
        const onError = (...args: unknown[]): never => {
          calls.push(args);
          return (sync ? goOn : turn(goOn)) as never;
        };
        const expected = await run(
          input,
          make(() => goOn),
        );
        expect(await run(input, make(failing(act), { onError }))).to.deep.equal(expected);
        expect(calls).to.have.lengthOf(1);
        const [error, item, context] = calls[0] as [unknown, I, { signal: AbortSignal }];
        expect(error).to.satisfy(heard);
        expect(item).to.equal(input[FAILS_AT]);
        expect(context.signal.aborted).to.equal(false);
      });
    }
  }

  for (const [kind, act, sync] of [
    ['throws', throwing, true],
    ['rejects', kinds.rejects.act, false],
  ] as const) {
    for (const [how, run] of ways<I, O>(sync)) {
      it(`${name} tries the item again in its place when its callback ${kind} ${how}`, async () => {
        const expected = await run(
          input,
          make(() => goOn),
        );
        const calls: unknown[][] = [];
        const fails = failing(act);
        const noting: Callback = (...args) => {
          calls.push(args);
          return fails(...args);
        };
        expect(await run(input, make(noting, { retry: { attempts: 2 } }))).to.deep.equal(expected);
        // Of calls that are made side by side, each has a context of its own.
        const [first = expect.fail(), ...later] = calls.slice(FAILS_AT);
        const again = later.find((args) => args.at(-1) === first.at(-1));
        expect(again?.slice(0, -1)).to.deep.equal(first.slice(0, -1));
      });
    }

    it(`${name} fails with the last error, the others suppressed, when its callback ${kind} again and again`, async () => {
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
      const error = await stageFailure(pipeline(input, stage, drain()));
      expect(errors).to.have.lengthOf(3);
      expect(error).to.include({ cause: errors[2], index: FAILS_AT, item: input[FAILS_AT] });
      expect(error).to.have.property('suppressed').that.deep.equals(errors.slice(0, 2));
    });
  }

  it(`${name} fails by name with what onError throws or rejects with, the first error suppressed`, async () => {
    const worse = new Error('handled badly on purpose');
    const ways: (() => never)[] = [
      () => {
        throw worse;
      },
      () => turn().then(() => Promise.reject(worse)) as never,
    ];
    for (const onError of ways) {
      const feed = new Feed<I>({ input, whole });
      const stage = make(failing(throwing), { onError });
      const error = await stageFailure(pipeline(feed.later(), stage, drain()));
      expect(error).to.include({ cause: worse, index: FAILS_AT, item: input[FAILS_AT] });
      expect(error).to.have.property('suppressed').that.deep.equals([cause]);
      expect(feed.closed).to.equal(true);
    }
  });

  it(`${name} fails with what its callback throws when onError is 'fail', as without`, async () => {
    const stage = make(failing(throwing), { onError: 'fail' });
    const error = await stageFailure(pipeline(input, stage, drain()));
    expect(error).to.include({ cause, index: FAILS_AT });
    expect(error).to.not.have.property('suppressed');
  });

  it(`${name} asks onError nothing once the run is aborted`, async () => {
    const controller = new AbortController();
    const log: string[] = [];
    const late = failing(async () => {
      controller.abort();
      await turn();
      log.push('failed');
      throw cause;
    });
    const onError = (): never => {
      log.push('asked');
      return goOn as never;
    };
    const { signal } = controller;
    const run = pipeline(new Feed<I>({ input, whole }).later(), make(late, { onError }), drain(), {
      signal,
    });
    expect(await rejection(run)).to.be.instanceOf(AbortError);
    await turn();
    await turn();
    expect(log).to.deep.equal(['failed']);
  });

  it(`${name} refuses an onError that it does not know at the call`, () => {
    for (const wrong of ['drop', null, 3, {}, true]) {
      const call = () => make(() => goOn, { onError: wrong as never });
      expect(call).to.throw(ArgumentError, `${operator}: onError must be`);
    }
  });
}
