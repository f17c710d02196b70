import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Stage } from '../../lib/streams/stage.js';
import { closed } from '../helpers/closed.js';
import { Counted } from '../helpers/counted.js';
import { listening, stopped } from '../helpers/listening.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

const BIG = 4 * 1024 * 1024;
const upper = () => map((bytes: Buffer) => bytes.toString().toUpperCase());
const line = () => map((x: number) => `line ${x}\n`);

describe('a TCP socket', () => {
  noUnhandled();
  let server: Server;

  beforeEach(() => {
    server = createServer({ allowHalfOpen: true });
  });
  afterEach(() => stopped(server));

  /** Both ends of one connection. */
  async function pair(): Promise<readonly [near: Socket, far: Socket]> {
    const port = await listening(server);
    const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const [[far]] = await Promise.all([once(server, 'connection'), once(near, 'connect')]);
    return [near, far as Socket];
  }

  it('is written to and read, every byte in order', async () => {
    const [near, far] = await pair();
    const writing = pipeline(range(0, 50_000), line(), near);
    const received = await text(far);
    far.end();
    await writing;
    expect(received).to.equal(Array.from({ length: 50_000 }, (_, x) => `line ${x}\n`).join(''));
  });

  it('is both the source and the sink of a server that answers', async () => {
    const [near, far] = await pair();
    const serving = pipeline(far, upper(), far);
    near.write('hello ');
    near.end('server');
    expect(await text(near)).to.equal('HELLO SERVER');
    await serving;
    expect(far.destroyed).to.equal(true);
  });

  it('stands in the middle, between what asks and what reads the answer', async () => {
    const [near, far] = await pair();
    const serving = pipeline(far, upper(), far);
    const answer = await pipeline(
      ['a', 'b', 'c'],
      near,
      flatMap((bytes: Buffer) => bytes.toString()),
      toArray(),
    );
    await serving;
    expect(answer).to.deep.equal(['A', 'B', 'C']);
    expect([near.closed, far.closed]).to.deep.equal([true, true]);
  });

  it('sets the pace: a far end that does not read stops the source', async () => {
    const [near, far] = await pair();
    let made = 0;
    const chunks = function* () {
      for (;;) {
        made += 1;
        yield Buffer.alloc(64 * 1024);
      }
    };
    const controller = new AbortController();
    const run = pipeline(chunks, near, { signal: controller.signal });
    const before = await quiet(() => made);
    expect(before * 64 * 1024).to.be.below(64 * 1024 * 1024);
    controller.abort();
    expect(await rejection(run)).to.have.property('name', 'AbortError');
    expect(near.destroyed).to.equal(true);
    far.destroy();
  });

  it('is closed when the run ends early, which its far end sees', async () => {
    const [near, far] = await pair();
    far.write('first');
    const [first] = await pipeline(near, take<Buffer>(1), toArray());
    expect(`${first}`).to.equal('first');
    expect(near.destroyed).to.equal(true);
    far.resume();
    await once(far, 'end');
    far.end();
  });

  const held = () =>
    compose(
      map((_: Buffer) => 'x'.repeat(BIG)),
      batch(2),
      map(([only]) => `${only}`),
    );
  const answers: Record<string, (stop: AbortController) => Stage<Buffer, string>> = {
    'take(1)': () => compose(take<Buffer>(1), held()),
    stop: (stop) =>
      compose(
        tap<Buffer>(() => stop.abort()),
        held(),
      ),
  };
  for (const [how, answer] of Object.entries(answers)) {
    it(`as both ends, ended early by ${how}, sends what is held before it closes`, async () => {
      const [near, far] = await pair();
      const stop = new AbortController();
      const serving = pipeline(far, answer(stop), far, { stop: stop.signal });
      near.write('question');
      near.once('data', () => near.write('one more'));
      const [received] = await Promise.all([text(near), serving]);
      expect(received.length).to.equal(BIG);
      expect(far.closed).to.equal(true);
      near.end();
    });
  }

  it('as both ends is destroyed when the run fails after an early end', async () => {
    const [near, far] = await pair();
    const fails = map(async (): Promise<string> => {
      throw new Error('on purpose');
    });
    const serving = pipeline(far, take(1), fails, far);
    near.on('error', () => {});
    near.write('question');
    expect(await rejection(serving)).to.have.property('code', 'ERR_SLUICE_STAGE');
    expect(far.closed).to.equal(true);
    near.destroy();
  });

  it('that its far end resets fails the run with ECONNRESET, and closes the source', async () => {
    const [near, far] = await pair();
    const counted = new Counted();
    const run = pipeline(counted.later(), line(), near);
    far.once('data', () => far.resetAndDestroy());
    expect(await rejection(run))
      .to.have.property('code')
      .that.is.oneOf(['ECONNRESET', 'EPIPE']);
    expect(counted.closed).to.equal(true);
    expect(near.destroyed).to.equal(true);
  });

  it('carries bytes through stages both ways at once', async () => {
    const [near, far] = await pair();
    const bytes = Buffer.alloc(BIG, 'abcdefghij');
    const serving = pipeline(
      far,
      map((part: Buffer) => part.map((byte) => byte ^ 0xff)),
      far,
    );
    const [answer] = await Promise.all([buffer(near), pipeline([bytes], near)]);
    await serving;
    expect(bytes.equals(answer.map((byte) => byte ^ 0xff))).to.equal(true);
  });

  it('that can not connect fails the run with ECONNREFUSED', async () => {
    const port = await listening(server);
    await stopped(server);
    server = createServer();
    const socket = connect(port, '127.0.0.1');
    const closing = closed(socket);
    expect(await rejection(pipeline(['x'], socket))).to.have.property('code', 'ECONNREFUSED');
    await closing;
  });
});
