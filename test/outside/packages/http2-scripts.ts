import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type ServerHttp2Session,
} from 'node:http2';
import { Readable } from 'node:stream';
import { listening } from '../../helpers/listening.js';
import type { Engine } from './engines.js';
import { repeated } from './feeds.js';
import type { Script } from './scripts.js';
import { settles, ticks } from './settles.js';

const ignore = (): void => {};
const never = () => new AbortController().signal;
const CHUNK = Buffer.alloc(16 * 1024);

type Leave = (client: ClientHttp2Stream, near: ClientHttp2Session, far: ServerHttp2Session) => void;

/** Serves endless responses over one connection, each until its client has gone; answers the different ends. */
async function served(
  engine: Engine,
  runs: number,
  between: () => unknown[],
  leave: Leave,
): Promise<string> {
  const ends: Promise<string>[] = [];
  const sources: Readable[] = [];
  const server = createServer((_request, response) => {
    const source = Readable.from(repeated(CHUNK));
    sources.push(source);
    ends.push(settles(engine.run([source, ...between(), response], never())));
  });
  server.on('sessionError', ignore);
  const far = once(server, 'session') as Promise<[ServerHttp2Session]>;
  const near = connect(`http://127.0.0.1:${await listening(server)}`).on('error', ignore);
  const [session] = await far;
  session.on('error', ignore);
  for (let run = 0; run < runs; run += 1) {
    const client = near.request().on('error', ignore);
    await once(client, 'data');
    leave(client, near, session);
  }
  const found = new Set(await Promise.all(ends));
  await ticks(1);
  const open = sources.filter(({ destroyed }) => !destroyed).length;
  for (const source of sources) source.destroy();
  near.destroy();
  session.destroy();
  server.close();
  return `${[...found].join(' or ')}, ${open} sources open`;
}

const ways: readonly { readonly title: string; readonly runs: number; readonly leave: Leave }[] = [
  {
    title: 'its client cancels, twenty times',
    runs: 20,
    leave: (client) => client.close(constants.NGHTTP2_CANCEL),
  },
  { title: "its client's session goes away", runs: 1, leave: (_, near) => near.destroy() },
  { title: "its server's session goes away", runs: 1, leave: (_, __, far) => far.destroy() },
];

const through: () => unknown[] = () => [
  async function* (items: AsyncIterable<Buffer>) {
    yield* items;
  },
];

export const http2Scripts: readonly Script[] = ways.flatMap(({ title, runs, leave }) => [
  {
    title: `an HTTP/2 response: ${title}`,
    meant: 'closed, 0 sources open',
    run: (engine: Engine) => served(engine, runs, () => [], leave),
  },
  {
    title: `an HTTP/2 response behind a function: ${title}`,
    // With Node's pipeline it never settles.
    meant: 'closed, 0 sources open',
    run: (engine: Engine) => served(engine, runs, through, leave),
  },
]);
