import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { lines } from '../../lib/formats/lines.js';
import { filter } from '../../lib/operators/filter.js';
import { map } from '../../lib/operators/map.js';
import { tap } from '../../lib/operators/tap.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { listening, stopped } from '../helpers/listening.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

const LINES = 20_000;
const line = () => map((x: number) => `line ${x}\n`);
const cause = new Error('broken on purpose');

describe('an HTTP server and client', () => {
  noUnhandled();
  let server = createServer();

  /** Serves one request; answers where, and how serving it went. */
  async function serve(handle: Handle): Promise<{ url: string; served: Promise<unknown> }> {
    const served = new Deferred<unknown>();
    server = createServer((incoming, response) => {
      served.resolve(handle(incoming, response));
    });
    served.promise.catch(() => {});
    return { url: `http://127.0.0.1:${await listening(server)}`, served: served.promise };
  }
  afterEach(() => {
    server.closeAllConnections();
    return stopped(server);
  });

  it('pass a request body through stages, and stream a response out', async () => {
    const { url, served } = await serve((incoming, response) =>
      pipeline(
        incoming,
        lines(),
        filter((text) => text.endsWith('7')),
        map((text) => `${text.toUpperCase()}\n`),
        response,
      ),
    );
    const body = Array.from({ length: LINES }, (_, x) => `line ${x}\n`).join('');
    const answer = await fetch(url, { method: 'POST', body });
    const got = (await answer.text()).trimEnd().split('\n');
    await served;
    expect(got).to.have.length(LINES / 10);
    expect(got.slice(0, 2)).to.deep.equal(['LINE 7', 'LINE 17']);
  });

  it('let a client write a request from stages and read its answer through stages', async () => {
    const { url, served } = await serve((incoming, response) => pipeline(incoming, response));
    const outgoing = request(url, { method: 'POST' });
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    const sent = pipeline(range(0, LINES), line(), outgoing);
    const [incoming] = await answered;
    const sum = await pipeline(
      incoming,
      lines(),
      map((text) => Number(text.slice(5))),
      reduce((total, x) => total + x, 0),
    );
    await Promise.all([sent, served]);
    expect(sum).to.equal((LINES * (LINES - 1)) / 2);
  });

  it('read the body of fetch, which is a web stream', async () => {
    const { url } = await serve((_, response) => pipeline(range(0, 1000), line(), response));
    const { body } = await fetch(url);
    const count = await pipeline(
      body as AsyncIterable<Uint8Array>,
      lines(),
      reduce((total) => total + 1, 0),
    );
    expect(count).to.equal(1000);
  });

  it('clean up at the server when the client goes away in the middle of the response', async () => {
    const counted = new Counted();
    const { url, served } = await serve((_, response) =>
      pipeline(counted.later(), line(), response),
    );
    const outgoing = request(url).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(incoming, 'data');
    incoming.on('error', () => {});
    outgoing.destroy();
    const error = await rejection(served);
    expect(error)
      .to.have.property('code')
      .that.is.oneOf(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);
    expect(counted.closed).to.equal(true);
  });

  it('clean up at the server when the client goes away in the middle of its request', async () => {
    const begun = new Deferred<void>();
    let closed = false;
    const { url, served } = await serve((incoming, response) =>
      pipeline(
        incoming,
        tap(() => begun.resolve()),
        async function* (chunks: AsyncIterable<Buffer>) {
          try {
            for await (const chunk of chunks) yield chunk;
          } finally {
            closed = true;
          }
        },
        response,
      ),
    );
    const outgoing = request(url, { method: 'POST' });
    outgoing.on('error', () => {});
    outgoing.write('the first half');
    await begun.promise;
    outgoing.destroy();
    expect(await rejection(served)).to.have.property('code', 'ECONNRESET');
    expect(closed).to.equal(true);
  });

  it('cut the response off when the server fails in the middle, so that it is not taken for complete', async () => {
    const { url, served } = await serve((_, response) =>
      pipeline(
        range(0, LINES),
        tap((x) => {
          if (x === LINES - 1) throw cause;
        }),
        line(),
        response,
      ),
    );
    const outgoing = request(url).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(await rejection(text(incoming))).to.have.property('code', 'ECONNRESET');
    expect(await rejection(served)).to.include({ cause });
  });

  it('pass the pace of a client that does not read on to the source', async () => {
    let made = 0;
    const controller = new AbortController();
    const chunks = function* () {
      for (;;) {
        made += 1;
        yield Buffer.alloc(64 * 1024);
      }
    };
    const { url, served } = await serve((_, response) =>
      pipeline(chunks, response, { signal: controller.signal }),
    );
    const outgoing = request(url).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    incoming.pause();
    incoming.on('error', () => {});
    await quiet(() => made);
    expect(made * 64 * 1024).to.be.below(64 * 1024 * 1024);
    controller.abort();
    expect(await rejection(served)).to.have.property('name', 'AbortError');
  });
});
