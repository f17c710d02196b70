import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { drain, NullItemError, pipeline, pull, StageError } from '../../lib/index.js';
import { Life } from '../helpers/life.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { type Callback, type CallbackSpec, Feed, type Subject } from './subject.js';

const cause = new Error('broken on purpose');
const FAILS_AT = 1;

/** A callback that fails, or answers what can't be an item, fails the run by name and closes everything. */
export function callbackContract<I, O>(
  subject: Subject<I, O>,
  { make, goOn, nulls, named = true, operator = subject.name }: CallbackSpec<I, O>,
): void {
  const { name, input } = subject;
  const stage = { name: named ? `${operator}(fails)` : operator, position: 1 };

  const check = (error: unknown, isCause: (inner: unknown) => boolean) => {
    expect(error).to.be.instanceOf(StageError).and.deep.include({ stage, index: FAILS_AT });
    expect((error as StageError).item).to.equal(input[FAILS_AT]);
    expect((error as StageError).cause).to.satisfy(isCause);
  };

  /** The first call goes well, the second does what `act` does. */
  const failing = (act: () => unknown): Callback => {
    let calls = 0;
    return function fails() {
      calls += 1;
      return calls > FAILS_AT ? act() : goOn;
    };
  };

  const fails = (title: string, act: () => unknown, isCause: (inner: unknown) => boolean) => {
    it(`${name} fails by name in pipeline when its callback ${title}`, async () => {
      const feed = new Feed(subject);
      check(await rejection(pipeline(feed.later(), make(failing(act)), drain())), isCause);
      expect(feed.closed).to.equal(true);
    });

    it(`${name} fails by name in Node's pipeline when its callback ${title}`, async () => {
      const feed = new Feed(subject);
      const failed = make(failing(act));
      const life = new Life(failed);
      const error = await rejection(nodeRun([feed.items(), failed, drain()]));
      check(error, isCause);
      expect(await quiet(() => feed.closed)).to.equal(true);
      expect(life.closes).to.equal(1);
      expect(life.errors).to.have.lengthOf(1).and.include(error);
    });
  };

  const failsInPull = (title: string, act: () => unknown, isCause: (inner: unknown) => boolean) => {
    it(`${name} fails by name in pull when its callback ${title}`, () => {
      const feed = new Feed(subject);
      const items = pull(feed.items(), make(failing(act)));
      let error: unknown;
      try {
        Array.from(items);
      } catch (thrown) {
        error = thrown;
      }
      check(error, isCause);
      expect(feed.closed).to.equal(true);
      expect(items.next()).to.deep.equal({ done: true, value: undefined });
    });
  };

  const isThatError = (inner: unknown) => inner === cause;
  const isNullItem = (inner: unknown) => inner instanceof NullItemError;
  const throwing = () => {
    throw cause;
  };
  fails('throws', throwing, isThatError);
  failsInPull('throws', throwing, isThatError);
  fails('rejects', () => turn().then(throwing), isThatError);
  fails('rejects at once', () => Promise.reject(cause), isThatError);
  for (const answer of nulls) {
    const title = `answers ${JSON.stringify(answer)}`;
    fails(title, () => answer, isNullItem);
    failsInPull(title, () => answer, isNullItem);
    fails(`${title} later`, () => turn(answer), isNullItem);
  }

  it(`${name} fails with what its callback threw even when that is no Error`, async () => {
    const items = pipeline(input, make(failing(() => Promise.reject('text'))), drain());
    check(await rejection(items), (inner) => inner === 'text');
  });
}
