import type { EventEmitter } from 'node:events';
import { once } from 'node:events';
import {
  type ClientHttp2Stream,
  connect,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { Deferred } from '../../../../lib/core/base/deferred.js';
import { listening } from '../../../helpers/listening.js';
import { feedInto } from '../feeds.js';
import { type Kind, part } from '../kind.js';

const ignore = (): void => {};

function quietly<T extends EventEmitter>(emitter: T): T {
  emitter.on('error', ignore);
  return emitter;
}

/** A server that has got a request, and the client that has made it. */
async function exchange(): Promise<{
  readonly client: ClientHttp2Stream;
  readonly incoming: Http2ServerRequest;
  readonly response: Http2ServerResponse;
  readonly free: () => void;
}> {
  const arrived = new Deferred<readonly [Http2ServerRequest, Http2ServerResponse]>();
  const sessions: ServerHttp2Session[] = [];
  const server = createServer((incoming, response) => arrived.resolve([incoming, response]));
  server.on('session', (each) => sessions.push(quietly(each)));
  const session = quietly(connect(`http://127.0.0.1:${await listening(server)}`));
  const client = session.request({ ':method': 'POST' }, { endStream: false });
  const [incoming, response] = await arrived.promise;
  const free = () => {
    session.destroy();
    for (const each of sessions) each.destroy();
    server.close();
  };
  return { client, incoming, response, free };
}

const atServer: Kind = {
  name: 'http2, at the server',
  source: async (chunks) => {
    const { client, incoming, response, free } = await exchange();
    quietly(response);
    feedInto(quietly(client), chunks);
    return { ...part(incoming), free };
  },
  sink: async () => {
    const { client, incoming, response, free } = await exchange();
    quietly(incoming);
    let bytes = 0;
    quietly(client).on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    return { ...part(response), received: () => bytes, free };
  },
};

const atClient: Kind = {
  name: 'http2, at the client',
  // Some versions of Node take one that was destroyed for one that has ended.
  without: ['middle: destruction beforehand'],
  source: async (chunks) => {
    const { client, incoming, response, free } = await exchange();
    quietly(incoming);
    client.end();
    feedInto(quietly(response), chunks);
    await once(client, 'response');
    return { ...part(client), free };
  },
  middle: async () => {
    const { client, incoming, response, free } = await exchange();
    quietly(incoming).pipe(quietly(response));
    return { ...part(client), free };
  },
  sink: async () => {
    const { client, incoming, response, free } = await exchange();
    quietly(response);
    client.resume();
    let bytes = 0;
    quietly(incoming)
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      })
      .on('end', () => response.end());
    return { ...part(client), received: () => bytes, free };
  },
};

export const http2: readonly Kind[] = [atServer, atClient];
