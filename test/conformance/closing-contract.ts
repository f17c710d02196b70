import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import { compose, pipeline, pull, toArray } from '../../lib/index.js';
import { Life } from '../helpers/life.js';
import { listeners } from '../helpers/listeners.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';
import { Feed, type Subject } from './subject.js';

/** Whenever it is over, everything is closed, once, and nothing leaks. */
export function closingContract<I, O>(subject: Subject<I, O>): void {
  const { name, make, input, endless = make, sync = true } = subject;

  it(`${name} closes once and without an error when it is destroyed before use`, async () => {
    const stage = make();
    const life = new Life(stage);
    stage.destroy();
    stage.destroy();
    await quiet(() => life.closes);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it(`${name} closes once, and its input too, when it is destroyed in Node's pipeline`, async () => {
    const feed = new Feed(subject);
    const stage = endless();
    const life = new Life(stage);
    const run = rejection(nodeRun([feed.items(), stage, new Stalled()]));
    await quiet(() => feed.asked);
    stage.destroy();
    // Which of the two depends on whether an item was in hand, whose writer is told then.
    const codes = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_SLUICE_CLOSED'];
    expect(await run)
      .to.have.property('code')
      .that.is.oneOf(codes);
    expect(await quiet(() => feed.closed)).to.equal(true);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it(`${name} emits the error it is destroyed with, once, then closes once`, async () => {
    const stage = endless();
    const life = new Life(stage);
    const cause = new Error('destroyed on purpose');
    for (const item of input) stage.write(item);
    stage.destroy(cause);
    await quiet(() => life.closes);
    expect(life.closes).to.equal(1);
    expect(life.errors).to.have.lengthOf(1);
    expect(life.errors[0]).to.equal(cause);
  });

  it(`${name} closes its input when the loop that reads it breaks off`, async () => {
    const feed = new Feed(subject);
    const source = compose(feed.later(), endless());
    const life = new Life(source);
    for await (const _item of source) break;
    await quiet(() => life.closes);
    expect(feed.closed).to.equal(true);
    expect(life.closes).to.equal(1);
  });

  it(`${name} closes once when its input has ended`, async () => {
    const stage = make();
    const life = new Life(stage);
    await nodeRun([input, stage, toArray()]);
    await quiet(() => life.closes);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it(`${name} is spent, closed once and unusable, when a pipeline has taken it`, async () => {
    const stage = make();
    const run = pipeline(input, stage, toArray());
    const life = new Life(stage);
    await run;
    expect(life).to.deep.equal({ closes: 1, errors: [] });
    expect(await rejection(pipeline(input, stage, toArray()))).to.have.property(
      'code',
      'ERR_SLUICE_USED',
    );
  });

  it(`${name} leaves no listener on the streams beside it`, async () => {
    const ways = { listened: make(), fused: make() };
    ways.listened.on('error', () => {});
    for (const stage of Object.values(ways)) {
      const readable = Readable.from([...input]);
      const writable = new PassThrough({ objectMode: true, highWaterMark: 1024 });
      const { signal } = new AbortController();
      const before = [listeners(readable), listeners(writable)];
      await pipeline(readable, stage, writable, { signal, end: false });
      expect([listeners(readable), listeners(writable)]).to.deep.equal(before);
      expect(writable.destroyed).to.equal(false);
    }
  });

  it(`${name} leaves no listener on the streams beside it when its input fails`, async () => {
    const cause = new Error('input failed on purpose');
    const readable = new Readable({ objectMode: true, read: () => {} });
    const writable = new PassThrough({ objectMode: true });
    const before = [listeners(readable), listeners(writable)];
    readable.push(input[0]);
    const run = rejection(pipeline(readable, endless(), writable));
    await quiet(() => readable.readableLength);
    readable.destroy(cause);
    expect(await run).to.equal(cause);
    expect([listeners(readable), listeners(writable)]).to.deep.equal(before);
    expect([readable.closed, writable.closed]).to.deep.equal([true, true]);
  });

  if (!sync) return;

  it(`${name} closes its input when pull breaks off`, () => {
    const feed = new Feed(subject);
    for (const _item of pull(feed.items(), endless())) break;
    expect(feed.closed).to.equal(true);
  });
}
