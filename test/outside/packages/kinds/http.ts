import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Deferred } from '../../../../lib/core/base/deferred.js';
import { listening } from '../../../helpers/listening.js';
import { feedInto } from '../feeds.js';
import { type Kind, type Part, part } from '../kind.js';

const ignore = (): void => {};

/** A server that has got a request, and the client that has made it. */
async function exchange(method: string) {
  const arrived = new Deferred<readonly [IncomingMessage, ServerResponse]>();
  const server = createServer((incoming, response) => arrived.resolve([incoming, response]));
  const port = await listening(server);
  const client = request({ port, host: '127.0.0.1', method, agent: false });
  client.flushHeaders();
  const [incoming, response] = await arrived.promise;
  const free = () => {
    client.on('error', ignore);
    client.destroy();
    server.close();
    server.closeAllConnections();
  };
  return { client, incoming, response, free };
}

/** What the other side does with an end that goes away is not what is tried here. */
const quietly = <T extends IncomingMessage | ServerResponse | ReturnType<typeof request>>(
  stream: T,
): T => {
  stream.on('error', ignore);
  return stream;
};

const atServer: Kind = {
  name: 'http, at the server',
  source: async (chunks) => {
    const { client, incoming, response, free } = await exchange('POST');
    quietly(response);
    feedInto(quietly(client), chunks);
    return { ...part(incoming), free };
  },
  sink: async () => {
    const { client, incoming, response, free } = await exchange('GET');
    quietly(incoming);
    let bytes = 0;
    quietly(client).on('response', (answer: IncomingMessage) => {
      quietly(answer).on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
    });
    return { ...part(response), received: () => bytes, free };
  },
};

const atClient: Kind = {
  name: 'http, at the client',
  source: async (chunks) => {
    const { client, incoming, response, free } = await exchange('GET');
    quietly(incoming);
    client.end();
    const answered = once(quietly(client), 'response') as Promise<[IncomingMessage]>;
    feedInto(quietly(response), chunks);
    const [answer] = await answered;
    return { ...part(answer), free };
  },
  sink: async (): Promise<Part> => {
    const { client, incoming, response, free } = await exchange('POST');
    quietly(response);
    let bytes = 0;
    quietly(incoming)
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      })
      .on('end', () => response.end());
    return { ...part(client), received: () => bytes, free };
  },
};

export const http: readonly Kind[] = [atServer, atClient];
