import { type ChildProcess, spawn } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import {
  CompressionStream,
  ReadableStream,
  TransformStream,
  WritableStream,
} from 'node:stream/web';
import { constants, createBrotliCompress, createGunzip, createGzip, gzipSync } from 'node:zlib';
import { openFiles } from '../../../helpers/open-files.js';
import { feedInto, feedOf, noise, rows } from '../feeds.js';
import { type Kind, type Part, part } from '../kind.js';

const FILE_CHUNKS = 200;

/** A file in a folder of its own, so that its descriptors can be told from others. */
function fileIn(make: (path: string) => unknown, content: Iterable<Buffer> = []): Part {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-'));
  const path = join(folder, 'file');
  const chunks: Buffer[] = [];
  for (const chunk of content) if (chunks.push(chunk) === FILE_CHUNKS) break;
  writeFileSync(path, Buffer.concat(chunks));
  return {
    ...part(make(path)),
    isOpen: async () => (await openFiles(path)) > 0,
    received: () => statSync(path).size,
    free: () => rmSync(folder, { recursive: true }),
  };
}

const file: Kind = {
  name: 'fs',
  source: (chunks) => fileIn((path) => createReadStream(path, { highWaterMark: 4096 }), chunks),
  sink: () => fileIn((path) => createWriteStream(path)),
};

/** A process that writes what it reads. */
function cat(choose: (child: ReturnType<typeof spawnCat>) => unknown): Part {
  const child = spawnCat();
  return { ...part(choose(child)), free: () => gone(child) };
}
async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const spawnCat = () => spawn('cat', { stdio: ['pipe', 'pipe', 'ignore'] });

const child: Kind = {
  name: 'child_process',
  source: (chunks) =>
    cat(({ stdin, stdout }) => {
      // Its reader may go away at any time.
      stdin.on('error', ignore);
      feedInto(stdin, chunks);
      return stdout;
    }),
  middle: () => cat(({ stdin, stdout }) => Duplex.from({ readable: stdout, writable: stdin })),
  sink: () =>
    cat(({ stdin, stdout }) => {
      stdout.resume();
      return stdin;
    }),
};

const through = (name: string, make: () => Duplex, feed = noise): Kind => ({
  name,
  feed,
  middle: () => part(make()),
  sink: () => {
    const own = part(make());
    own.stream.resume();
    return own;
  },
});

const ignore = (): void => {};

// A cipher and a hash become streams only when they are used as one, so they get a listener first.
// By default it reads megabytes before it writes anything.
const FAST = { [constants.BROTLI_PARAM_QUALITY]: 1 };
const KEY = Buffer.alloc(32, 1);
const IV = Buffer.alloc(16, 2);

/** Nothing comes out of a hash before the end. */
const AFTER_ITEMS = ['an early end', 'a failing stage', 'a failing Transform', 'a failing sink'];

/** Only its owner can destroy a web stream, through a reader or a writer. */
const DESTROYED = [
  'its own failure',
  'its own destruction',
  'a failure beforehand',
  'destruction beforehand',
];

const web: Kind = {
  name: 'a web stream',
  without: DESTROYED,
  source: (chunks) => {
    const iterator = chunks[Symbol.iterator]();
    const stream = new ReadableStream({
      pull: (controller) => {
        const { value, done } = iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    return { stream };
  },
  middle: () => ({ stream: new TransformStream() }),
  sink: () => {
    let bytes = 0;
    const write = (chunk: Buffer) => {
      bytes += chunk.length;
    };
    return { stream: new WritableStream({ write }), received: () => bytes };
  },
};

/** Node's own streams, each of which closes in a way of its own. */
export const nodeStreams: readonly Kind[] = [
  file,
  child,
  through('gzip', createGzip),
  through('gunzip', createGunzip, feedOf(gzipSync(Buffer.alloc(64 * 1024, 'x')))),
  through('brotli', () => createBrotliCompress({ params: FAST })),
  through('a cipher', () => createCipheriv('aes-256-ctr', KEY, IV).on('close', ignore), rows),
  { ...through('a hash', () => createHash('sha256').on('close', ignore)), without: AFTER_ITEMS },
  web,
  {
    name: 'CompressionStream',
    without: DESTROYED,
    feed: noise,
    middle: () => ({ stream: new CompressionStream('gzip') }),
  },
];
