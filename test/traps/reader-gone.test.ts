import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  broadcast,
  map,
  pipeline,
  push,
  range,
  reduce,
  take,
  tap,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { listening, stopped } from '../helpers/listening.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { rejection } from '../helpers/rejection.js';

const ENDLESS = Number.POSITIVE_INFINITY;

describe('trap: a reader that goes away, or is slow', () => {
  noUnhandled();
  const folder = new Folder();

  const head = () => spawn('head', ['-n', '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Node destroys the pipe to a child that has exited. The error or the close may come first.
  const expectGone = (error: unknown) =>
    expect(error)
      .to.have.property('code')
      .that.matches(/^(EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/);
  const deafHead = () => {
    const child = head();
    child.stdout.resume();
    return { stdin: child.stdin, over: once(child, 'close') };
  };
  const textOf = async (stream: AsyncIterable<Buffer>) =>
    Buffer.concat(await pipeline(stream, toArray<Buffer>())).toString();

  it('fails the pipeline into `head -n 1` with the error as it is, and closes the source', async () => {
    const counted = new Counted();
    const child = head();
    const text = textOf(child.stdout);
    const lines = map((x: number) => `${x} ${'x'.repeat(1000)}\n`);
    const error = await rejection(pipeline(counted.later(), lines, child.stdin));
    expectGone(error);
    expect(counted.closed).to.equal(true);
    expect(await text).to.match(/^0 x+\n$/);
  });

  it('closes a file that was read for it, and destroys the other branches', async () => {
    const path = join(folder.path, 'in.txt');
    folder.write('in.txt', 'line\n'.repeat(400_000));
    const child = deafHead();
    const other = new Writable({ write: (_chunk, _encoding, done) => done() });
    const run = pipeline(createReadStream(path), broadcast(child.stdin, other));
    expectGone(await rejection(run));
    expect(await openFiles(path)).to.equal(0);
    expect(other.closed).to.equal(true);
    await child.over;
  });

  it('fails the sends of a producer into it, which stays pending for none', async () => {
    const child = deafHead();
    const producer = push(
      map((x: number) => `${x} ${'x'.repeat(100_000)}\n`),
      child.stdin,
    );
    let sent = 0;
    const error = await rejection(
      (async () => {
        for (;;) {
          await producer.send(sent);
          sent += 1;
        }
      })(),
    );
    expectGone(error);
    expect(await rejection(producer.close())).to.equal(error);
    await child.over;
  });

  it('fails the pipeline when a stream is destroyed without a word', async () => {
    const counted = new Counted();
    const gone = new Writable({
      objectMode: true,
      write: (_item, _encoding, done) => {
        gone.destroy();
        done();
      },
    });
    const error = await rejection(pipeline(counted.items(), gone));
    expect(error).to.have.property('code', 'ERR_STREAM_PREMATURE_CLOSE');
    expect(counted.closed).to.equal(true);
  });

  it('fails the pipeline into a socket whose other side is reset', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const socket: Socket = connect(await listening(server), '127.0.0.1');
    const chunk = Buffer.alloc(64 * 1024);
    const counted = new Counted();
    const run = pipeline(
      counted.later(),
      map(() => chunk),
      socket,
    );
    expect(await rejection(run))
      .to.have.property('code')
      .that.matches(/^(ECONNRESET|EPIPE)$/);
    expect(counted.closed).to.equal(true);
    expect(socket.closed).to.equal(true);
    await stopped(server);
  });

  it('is no failure where the stage before it has given all there is', async () => {
    const child = head();
    const text = textOf(child.stdout);
    await pipeline(
      range(0, ENDLESS),
      take(1),
      map((x) => `${x}\n`),
      child.stdin,
    );
    expect(await text).to.equal('0\n');
  });

  it('gets 10 MB byte for byte through a pipe that it reads slowly', async () => {
    const block = Buffer.alloc(10_000);
    const sent = createHash('sha256');
    const cat = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
    const writing = pipeline(
      range(0, 1000),
      map((x) => Buffer.from(block.map((_byte, at) => (x * 31 + at * 7) % 256))),
      tap((chunk) => void sent.update(chunk)),
      cat.stdin,
    );
    const got = createHash('sha256');
    const bytes = await pipeline(
      cat.stdout,
      reduce(async (total: number, chunk: Buffer) => {
        await turn();
        got.update(chunk);
        return total + chunk.length;
      }, 0),
    );
    await writing;
    expect(bytes).to.equal(10_000_000);
    expect(got.digest('hex')).to.equal(sent.digest('hex'));
  });
});
