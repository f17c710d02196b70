import { once } from 'node:events';
import { expect } from 'chai';
import { AbortError, drain, forEach, pipeline, type Stage } from '../../lib/index.js';
import { Life } from '../helpers/life.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';
import { type Callback, Feed, type Subject } from './subject.js';

const reason = new Error('aborted on purpose');

/** A callback that waits until its own signal aborts; before that it has the run aborted from outside. */
function waiting(controller: AbortController) {
  const seen: AbortSignal[] = [];
  const wait = async (...args: unknown[]): Promise<never> => {
    const { signal } = args.at(-1) as { signal: AbortSignal };
    seen.push(signal);
    setImmediate(() => controller.abort(reason));
    await once(signal, 'abort');
    throw new Error('told by the signal');
  };
  return { wait, seen };
}

/** Aborted mid-way: the callbacks are told, everything is closed, and the error says so. */
export function abortContract<I, O>(subject: Subject<I, O>): void {
  const { name, make, input, callback, endless = make } = subject;

  const aborts = (title: string, stages: (wait: Callback) => [Stage<I, O>, unknown], calls = 1) => {
    const told = Array<boolean>(calls).fill(true);
    it(`${name} aborts in pipeline while ${title} waits, which hears of it`, async () => {
      const controller = new AbortController();
      const { wait, seen } = waiting(controller);
      const feed = new Feed(subject);
      const [stage, sink] = stages(wait);
      const parts = [feed.later(), stage, sink];
      const error = await rejection(pipeline(parts, { signal: controller.signal }));
      expect(error).to.be.instanceOf(AbortError).with.property('cause', reason);
      expect(seen.map(({ aborted }) => aborted)).to.deep.equal(told);
      expect(feed.closed).to.equal(true);
    });

    it(`${name} aborts in Node's pipeline while ${title} waits, which hears of it`, async () => {
      const controller = new AbortController();
      const { wait, seen } = waiting(controller);
      const feed = new Feed(subject);
      const [stage, sink] = stages(wait);
      const life = new Life(stage);
      const run = nodeRun([feed.later(), stage, sink], { signal: controller.signal });
      expect(await rejection(run)).to.include({ name: 'AbortError', code: 'ABORT_ERR' });
      await quiet(() => life.closes);
      expect(seen.map(({ aborted }) => aborted)).to.deep.equal(told);
      expect(await quiet(() => feed.closed)).to.equal(true);
      expect(life.closes).to.equal(1);
    });
  };

  aborts('the sink behind it', (wait) => [endless(), forEach(wait)]);
  if (callback)
    aborts('its callback', (wait) => [callback.make(wait), new Stalled()], callback.calls);

  it(`${name} does not run at all when the signal has aborted already`, async () => {
    const feed = new Feed(subject);
    const signal = AbortSignal.abort(reason);
    const error = await rejection(pipeline(feed.items(), endless(), new Stalled(), { signal }));
    expect(error).to.be.instanceOf(AbortError).with.property('cause', reason);
    expect(feed.asked).to.equal(0);
  });

  it(`${name} aborts even when its input ends in the same breath`, async () => {
    const controller = new AbortController();
    function* ending(): Generator<I> {
      yield* input;
      controller.abort(reason);
    }
    const run = pipeline(ending(), endless(), drain(), { signal: controller.signal });
    expect(await rejection(run))
      .to.be.instanceOf(AbortError)
      .with.property('cause', reason);
  });

  it(`${name} hands nothing on once the signal has aborted`, async () => {
    const controller = new AbortController();
    const seen: O[] = [];
    function* aborted(): Generator<I> {
      controller.abort(reason);
      yield* input;
    }
    const sink = forEach((item: O) => seen.push(item));
    const run = pipeline(aborted(), endless(), sink, { signal: controller.signal });
    expect(await rejection(run))
      .to.be.instanceOf(AbortError)
      .with.property('cause', reason);
    expect(seen).to.deep.equal([]);
  });
}
