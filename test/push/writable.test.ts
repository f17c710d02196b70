import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { batch } from '../../lib/operators/batch.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { gone } from '../helpers/gone.js';
import { Life } from '../helpers/life.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { openFiles } from '../helpers/open-files.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('a Producer as a stream', () => {
  noUnhandled();
  const folder = new Folder();
  const cause = new Error('failed on purpose');

  it('takes all items of a stream piped into it, in order, and close tells the result', async () => {
    const producer = push(
      map(async (x: number) => turn(x)),
      toArray<number>(),
    );
    const life = new Life(producer);
    Readable.from(numbers(100)).pipe(producer);
    await once(producer, 'finish');
    expect(await producer.close()).to.deep.equal(numbers(100));
    await quiet(() => life.closes);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it("takes the items of Node's pipeline, which waits until all are taken", async () => {
    const seen: number[][] = [];
    const producer = push(
      batch<number>(4),
      forEach(async (items) => {
        await turn();
        seen.push(items);
      }),
    );
    await nodeRun([range(0, 10), producer]);
    expect(seen).to.deep.equal([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  it('holds a fast stream back while its consumer is busy, through a batch too', async () => {
    for (const size of [1, 5]) {
      const counted = new Counted();
      const gates: Deferred<void>[] = [];
      const producer = push(
        batch<number>(size),
        forEach(() => {
          const gate = new Deferred<void>();
          gates.push(gate);
          return gate.promise;
        }),
      );
      const source = Readable.from(counted.later());
      source.pipe(producer);
      // The item of the consumer, and the buffers of the producer and of the source.
      const buffers = 3 * 16 + 1;
      for (let taken = 1; taken <= 20; taken += 1) {
        await quiet(() => counted.asked);
        expect(gates).to.have.lengthOf(taken);
        expect(counted.asked).to.be.within(taken * size, taken * size + buffers);
        gates.at(-1)?.resolve();
      }
      source.destroy();
      producer.destroy();
      expect(await quiet(() => counted.closed)).to.equal(true);
    }
  });

  it('answers sends between what is written', async () => {
    const seen: unknown[] = [];
    const producer = push((item: unknown) => seen.push(item));
    producer.write('written');
    expect(await producer.send('sent')).to.equal(2);
    producer.write('written again');
    producer.end('last');
    await producer.close();
    expect(seen).to.deep.equal(['written', 'sent', 'written again', 'last']);
  });

  it('takes many items written in one go', async () => {
    let taken = 0;
    const producer = push(() => {
      taken += 1;
    });
    producer.cork();
    for (let x = 0; x < 200_000; x += 1) producer.write(x);
    producer.uncork();
    await producer.close();
    expect(taken).to.equal(200_000);
  });

  it('reads and drops what is piped into it after it has ended early', async () => {
    const producer = push(take<number>(3), toArray<number>());
    await nodeRun([Readable.from(numbers(200)), producer]);
    expect(await producer.close()).to.deep.equal([0, 1, 2]);
  });

  it("fails Node's pipeline with its own error, and the file that was read is closed", async () => {
    folder.write('in.txt', 'x'.repeat(500_000));
    const file = createReadStream(join(folder.path, 'in.txt'));
    const producer = push(function refuse() {
      throw cause;
    });
    const error = await stageFailure(nodeRun([file, producer]));
    expect(error.stage.name).to.equal('refuse');
    expect(error).to.include({ cause });
    await gone(file);
    expect(await openFiles(join(folder.path, 'in.txt'))).to.equal(0);
    expect(await rejection(producer.send(Buffer.alloc(0)))).to.equal(error);
  });

  it('emits its error when there is no send', async () => {
    const producer = push(() => {
      throw cause;
    });
    const failed = once(producer, 'error');
    producer.write(1);
    const [error] = await failed;
    expect(error).to.include({ cause });
  });

  it('emits its error to who listens, and who sends is told as well', async () => {
    const producer = push(() => {
      throw cause;
    });
    const life = new Life(producer);
    const error = await rejection(producer.send(1));
    await quiet(() => life.closes);
    expect(life).to.deep.equal({ closes: 1, errors: [error] });
  });

  it('emits no error when there is no listener and a send rejects', async () => {
    const producer = push(() => {
      throw cause;
    });
    const uncaught: unknown[] = [];
    const note = (error: unknown) => uncaught.push(error);
    process.once('uncaughtException', note);
    try {
      await rejection(producer.send(1));
      await quiet(() => producer.closed);
    } finally {
      process.off('uncaughtException', note);
    }
    expect(uncaught).to.deep.equal([]);
    expect(producer.closed).to.equal(true);
    expect(producer.errored).to.include({ cause });
  });

  describe('over TCP', () => {
    const server = createServer();
    const sockets = new Set<Socket>();
    const pair = async (): Promise<[client: Socket, server: Socket]> => {
      const accepted = once(server, 'connection');
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      const [socket] = (await accepted) as [Socket];
      for (const end of [client, socket]) sockets.add(end);
      return [client, socket];
    };
    before(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    after(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });

    it('takes every byte of a socket, and holds the other side back while it is busy', async () => {
      const [client, socket] = await pair();
      const total = 24 * 1024 * 1024;
      let taken = 0;
      let sum = 0;
      let ahead = 0;
      const producer = push(
        batch<Buffer>(2),
        forEach(async (chunks) => {
          for (let turns = 0; turns < 5; turns += 1) await turn();
          for (const chunk of chunks) {
            taken += chunk.length;
            for (let at = 0; at < chunk.length; at += 4093) sum += chunk[at] as number;
          }
          ahead = Math.max(ahead, socket.bytesRead - taken);
        }),
      );
      const block = Buffer.alloc(1024 * 1024, 7);
      const sent = nodeRun([
        (function* () {
          for (let left = total; left > 0; left -= block.length) yield block;
        })(),
        client,
      ]);
      await nodeRun([socket, producer]);
      await sent;
      await producer.close();
      expect(taken).to.equal(total);
      expect(sum % 7).to.equal(0);
      // Chunks of 64 KiB: 16 in Node's buffer and 16 in the producer's, times two.
      expect(ahead).to.be.within(1, 4 * 1024 * 1024);
    });

    it('fails its sends and its socket when the other side resets the connection', async () => {
      const [client, socket] = await pair();
      const producer = push((chunk: Buffer) => chunk.length);
      const run = rejection(nodeRun([socket, producer]));
      client.write('abc');
      await once(socket, 'readable');
      client.resetAndDestroy();
      expect(await run).to.have.property('code', 'ECONNRESET');
      expect(await rejection(producer.send(Buffer.from('x')))).to.have.property(
        'code',
        'ECONNRESET',
      );
      expect(await rejection(producer.close())).to.have.property('code', 'ECONNRESET');
    });
  });
});
