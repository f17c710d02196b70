import assert from 'node:assert/strict';
import { type Duplex, Readable } from 'node:stream';
import { compose, pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Feed } from '../harness/feed.js';
import { nodeRun } from '../harness/node-run.js';
import { roomOf } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { Subject } from '../harness/stage-spec.js';
import { Stalled } from '../harness/stalled.js';

/** Node's default `highWaterMark` in object mode. */
const BUFFER = 16;
/** Items between two buffers. */
const SLACK = 2;

/** When nothing is read, the stage takes a bounded number of items from an endless source. */
export function backpressureContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { kind, make, endless = make, inputsPerOutput = 1 } = subject;
  const within = (asked: number, most: number) =>
    assert.ok(asked >= 1 && asked <= most, `asked for ${asked} items, where ${most} are enough`);
  const roomFor = (stage: unknown) => (1 + inputsPerOutput) * roomOf(stage);

  check('stops its input in pipeline when the reader stalls', async () => {
    const feed = new Feed(subject);
    const stalled = new Stalled();
    const { signal, abort } = aborting();
    const stage = endless();
    const run = rejection(pipeline([feed.items(), stage, stalled], { signal }));
    const asked = await quiet(() => feed.asked);
    assert.equal(stalled.taken, 1);
    within(asked, roomFor(stage) + inputsPerOutput * SLACK);
    abort();
    expectAborted(await run);
    assert.equal(feed.closed, true);
  });

  check("stops its input in Node's pipeline when the reader stalls", async () => {
    const feed = new Feed(subject);
    const stalled = new Stalled();
    const { signal, abort } = aborting();
    const stage = endless();
    const run = rejection(nodeRun([feed.items(), stage, stalled], { signal }));
    const asked = await quiet(() => feed.asked);
    assert.equal(stalled.taken, 1);
    within(asked, roomFor(stage) + BUFFER + inputsPerOutput * (BUFFER + SLACK) + SLACK);
    abort();
    expectAborted(await run);
    assert.equal(await quiet(() => feed.closed), true);
  });

  check('asks for nothing before it is read, and for a bufferful when it is', async () => {
    const feed = new Feed(subject);
    const stage = endless();
    const source = compose(feed.items(), stage);
    assert.equal(await quiet(() => feed.asked), 0);
    source.on('error', () => {});
    source.read();
    const asked = await quiet(() => feed.asked);
    within(asked, roomFor(stage) + inputsPerOutput * (BUFFER + SLACK));
    source.destroy();
    assert.equal(await quiet(() => feed.closed), true);
  });

  if (kind === 'other') return;

  check('stops its input in pipe() when it is not read', async () => {
    const feed = new Feed(subject);
    const source = Readable.from(feed.items());
    const stage = endless() as unknown as Duplex;
    for (const stream of [source, stage]) stream.on('error', () => {});
    source.pipe(stage);
    const asked = await quiet(() => feed.asked);
    within(stage.readableLength, stage.readableHighWaterMark + inputsPerOutput);
    within(asked, roomFor(stage) + BUFFER + inputsPerOutput * BUFFER + SLACK);
    stage.destroy();
    source.destroy();
    assert.equal(await quiet(() => feed.closed), true);
  });
}

function expectAborted(error: unknown): void {
  assert.equal((error as { code?: unknown }).code, 'ABORT_ERR');
}

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
