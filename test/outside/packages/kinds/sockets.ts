import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { listening } from '../../../helpers/listening.js';
import { feedInto } from '../feeds.js';
import { type Kind, type Part, part } from '../kind.js';

const ignore = (): void => {};
const read = (name: string): Buffer =>
  readFileSync(new URL(`../../../../../test/data/tls/${name}.pem`, import.meta.url));
/** A certificate for localhost that its own key has signed, for a hundred years. */
export const certificate = { key: read('key'), cert: read('cert') };

/** The near end of a connection is the pipeline's, the far one does what `serve` does. */
async function connected(
  server: Server,
  event: 'connection' | 'secureConnection',
  dial: (port: number) => Socket,
  serve: (far: Duplex) => void,
): Promise<Part & { readonly stream: Duplex }> {
  const far = once(server, event).then(([socket]: Socket[]) => {
    // The near end may go away at any time.
    socket?.on('error', ignore);
    if (socket) serve(socket);
    return socket;
  });
  const near = dial(await listening(server));
  await far;
  const free = async () => {
    (await far)?.destroy();
    server.close();
  };
  return { ...part(near), free };
}

type Open = (serve: (far: Duplex) => void) => Promise<Part>;

const tcp: Open = (serve) =>
  connected(
    createServer({ allowHalfOpen: true }),
    'connection',
    (port) => connect({ port, host: '127.0.0.1', allowHalfOpen: true }),
    serve,
  );

const tls: Open = async (serve) => {
  const server = createTlsServer({ ...certificate, allowHalfOpen: true });
  const ca = certificate.cert;
  return connected(
    server,
    'secureConnection',
    (port) => connectTls({ port, host: '127.0.0.1', ca }),
    serve,
  );
};

const socket = (name: string, open: Open): Kind => ({
  name,
  source: (chunks) => open((far) => feedInto(far, chunks)),
  middle: () => open((far) => far.pipe(far)),
  sink: () => open((far) => far.resume().on('end', () => far.end())),
});

export const sockets: readonly Kind[] = [socket('net', tcp), socket('tls', tls)];
