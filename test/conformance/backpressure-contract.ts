import { Readable } from 'node:stream';
import { expect } from 'chai';
import { compose, pipeline } from '../../lib/index.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';
import { Feed, type Subject } from './subject.js';

/** Items in the buffer of a stream in object mode. */
const BUFFER = 16;
/** In hand, on the way from one buffer to the next. */
const SLACK = 2;

/** Nobody reads: only so much is taken from a source that never ends. */
export function backpressureContract<I, O>(subject: Subject<I, O>): void {
  const { name, make, endless = make, inputsPerOutput = 1 } = subject;

  it(`${name} stops its input in pipeline when the reader stalls`, async () => {
    const feed = new Feed(subject);
    const stalled = new Stalled();
    const { signal, abort } = aborting();
    const run = rejection(pipeline(feed.items(), endless(), stalled, { signal }));
    const asked = await quiet(() => feed.asked);
    expect(stalled.taken).to.equal(1);
    expect(asked).to.be.within(1, inputsPerOutput * SLACK);
    abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(feed.closed).to.equal(true);
  });

  it(`${name} stops its input in Node's pipeline when the reader stalls`, async () => {
    const feed = new Feed(subject);
    const stalled = new Stalled();
    const { signal, abort } = aborting();
    const run = rejection(nodeRun([feed.items(), endless(), stalled], { signal }));
    const asked = await quiet(() => feed.asked);
    expect(stalled.taken).to.equal(1);
    expect(asked).to.be.within(1, BUFFER + inputsPerOutput * (BUFFER + SLACK) + SLACK);
    abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(await quiet(() => feed.closed)).to.equal(true);
  });

  it(`${name} stops its input in pipe() when nobody reads`, async () => {
    const feed = new Feed(subject);
    const source = Readable.from(feed.items());
    const stage = endless();
    source.pipe(stage);
    const asked = await quiet(() => feed.asked);
    expect(stage.readableLength).to.be.within(1, BUFFER);
    expect(asked).to.be.within(1, BUFFER + inputsPerOutput * BUFFER + SLACK);
    stage.destroy();
    source.destroy();
    expect(await quiet(() => feed.closed)).to.equal(true);
  });

  it(`${name} asks for nothing before it is read, and for a bufferful when it is`, async () => {
    const feed = new Feed(subject);
    const source = compose(feed.items(), endless());
    expect(await quiet(() => feed.asked)).to.equal(0);
    source.read();
    const asked = await quiet(() => feed.asked);
    expect(asked).to.be.within(1, inputsPerOutput * (BUFFER + SLACK));
    source.destroy();
    expect(await quiet(() => feed.closed)).to.equal(true);
  });
}

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
