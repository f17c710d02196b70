import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { badUsage } from '../errors/command-error.js';

const MOST_REDIRECTS = 10;
const REDIRECTED = 300;
const REFUSED = 400;

/** Whether the name of a file is a URL. */
export const isRemote = (path: string): boolean => /^(https?|tcp):\/\//.test(path);

/** The URL of a remote file. */
export function remoteUrl(path: string): URL {
  const url = URL.canParse(path) ? new URL(path) : undefined;
  if (url && (url.protocol !== 'tcp:' || url.port !== '')) return url;
  throw badUsage(`${path} is not a valid URL: write tcp://host:port or http://host/path`);
}

/** Reads bytes from a server: the body of the answer to a GET, or the bytes of a socket. */
export const openRemoteInput = (url: URL): Promise<Readable> =>
  url.protocol === 'tcp:' ? connect(url) : get(url, MOST_REDIRECTS);

/** Writes bytes to a server: the body of a POST, or the bytes of a socket. */
export const openRemoteOutput = (url: URL): Promise<Writable> =>
  url.protocol === 'tcp:' ? send(url) : post(url);

async function connect({ hostname, port }: URL, allowHalfOpen = false): Promise<Socket> {
  const { connect } = await import('node:net');
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port), allowHalfOpen });
  await once(socket, 'connect');
  return socket;
}

const httpOf = ({ protocol }: URL): Promise<typeof import('node:http')> =>
  protocol === 'https:' ? (import('node:https') as Promise<never>) : import('node:http');

async function get(url: URL, redirects: number): Promise<Readable> {
  const { request } = await httpOf(url);
  const [response] = (await once(request(url, { agent: false }).end(), 'response')) as [
    IncomingMessage,
  ];
  const { statusCode = 0, headers } = response;
  if (statusCode < REDIRECTED) return response;
  response.destroy();
  const isMoved = statusCode < REFUSED && headers.location !== undefined && redirects > 0;
  if (!isMoved) throw new Error(refusal(response));
  return get(new URL(headers.location as string, url), redirects - 1);
}

/**
 * Reads and drops what the server sends: with unread bytes, closing the socket could lose bytes that the server has not
 * read yet. The server may end its side long before.
 */
async function send(url: URL): Promise<Writable> {
  const socket = await connect(url, true);
  socket.resume();
  return writing(socket, async () => {
    await promisify((done: () => void) => socket.end(done))();
  });
}

/** Ends when the server has answered. Fails as soon as the answer is an error: the server may not read the rest. */
async function post(url: URL): Promise<Writable> {
  const { request } = await httpOf(url);
  const sent = request(url, { method: 'POST', agent: false });
  const accepted = answerTo(sent);
  sent.flushHeaders();
  const sink = writing(sent, () => {
    sent.end();
    return accepted;
  });
  accepted.catch((error) => sink.destroy(error));
  return sink;
}

async function answerTo(sent: ClientRequest): Promise<void> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  if ((response.statusCode ?? 0) >= REDIRECTED) throw new Error(refusal(response));
}

/**
 * A writable stream over a socket or request. Answers are read before more is written: a write to a server that has
 * answered and closed the connection would lose its answer.
 */
function writing(target: Socket | ClientRequest, end: () => Promise<void>): Writable {
  const afterReading = (write: () => void): void => {
    setImmediate(() => sink.destroyed || write());
  };
  const sink = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => afterReading(() => target.write(chunk, done)),
    final: (done) => afterReading(() => end().then(() => done(), done)),
    destroy: (error, done) => {
      target.destroy();
      done(error);
    },
  });
  target.on('error', (error) => sink.destroy(error));
  return sink;
}

const refusal = ({ statusCode, statusMessage }: IncomingMessage): string =>
  `the server answered ${statusCode} ${statusMessage}`;
