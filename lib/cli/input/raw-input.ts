import {
  closeSync,
  createReadStream,
  fstatSync,
  open,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { CommandError, FAILED } from '../errors/command-error.js';
import { type Compression, detect } from '../files/compressions.js';
import { isRemote, openRemoteInput, remoteUrl } from '../files/remote.js';

const STDIN_FD = 0;

/** As many as Node takes. Larger ones wait so long for their turn that V8 takes them for old, and memory grows. */
const READ_BYTES = 64 * 1024;

/** Enough to tell what a file begins as; the whole of a small one. */
const HEAD_BYTES = 16 * 1024;

/** Bytes of an input as they are. */
export interface RawInput {
  /** A small file is read as it is opened: threads and a stream to read it would take longer to start. */
  readonly bytes: Readable | readonly Buffer[];
  /** Of what is in the file system. */
  readonly stats: Stats | undefined;
  /** What a file on a disk begins as, known before it is read; of anything else only its bytes tell. */
  readonly compression: Compression | undefined;
  readonly isFile: boolean;
}

/** Opens it now, so that what is missing is told before anything is written. */
export async function openRaw(path: string): Promise<RawInput> {
  if (isRemote(path)) {
    const bytes = await openRemoteInput(remoteUrl(path));
    return { bytes, stats: undefined, compression: undefined, isFile: false };
  }
  const isStdin = path === '-';
  const fd = isStdin ? STDIN_FD : await opened(path);
  const stats = fstatSync(fd);
  if (stats.isDirectory())
    throw new CommandError(FAILED, `${isStdin ? 'stdin' : path}: is a directory`);
  const isFile = stats.isFile();
  const { head, isWhole } = isFile ? readHead(fd) : NOTHING_YET;
  const found = isFile ? detect(head) : undefined;
  const compression = found === 'too short' ? undefined : found;
  if (!isWhole) {
    const bytes = isStdin ? process.stdin : await reading(fd, stats);
    if (isFile) bytes.unshift(head);
    return { bytes, stats, compression, isFile };
  }
  if (!isStdin) closeSync(fd);
  return { bytes: head.length > 0 ? [head] : [], stats, compression, isFile };
}

/** How many bytes there are to read, where that is known: a server may say how long its answer is. */
export function totalOf({ bytes, stats, isFile }: RawInput): number | undefined {
  if (stats) return isFile ? stats.size : undefined;
  const { headers } = bytes as Partial<IncomingMessage>;
  return Number(headers?.['content-length']) || undefined;
}

/** Only a file on a disk is opened at once: a named pipe waits for somebody who writes. */
async function opened(path: string): Promise<number> {
  return statSync(path).isFile() ? openSync(path, 'r') : promisify(open)(path, 'r');
}

interface Head {
  readonly head: Buffer;
  readonly isWhole: boolean;
}

const NOTHING_YET: Head = { head: Buffer.alloc(0), isWhole: false };

/** Some files of the system's give less than is asked for, long before their end. */
function readHead(fd: number): Head {
  const head = Buffer.alloc(HEAD_BYTES);
  for (let length = 0; ; ) {
    const read = readSync(fd, head, length, HEAD_BYTES - length, null);
    length += read;
    if (read === 0 || length === HEAD_BYTES)
      return { head: head.subarray(0, length), isWhole: read === 0 };
  }
}

/** A named pipe is read as a socket: a file's pending read can't be given up, and would keep the process alive. */
async function reading(fd: number, stats: Stats): Promise<Readable> {
  if (!stats.isFIFO()) return createReadStream('', { fd, highWaterMark: READ_BYTES });
  const { Socket } = await import('node:net');
  return new Socket({ fd, readable: true, writable: false });
}
