import { createReadStream, fstat, open, read, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { CommandError, FAILED } from './command-error.js';
import { type Compression, detect, MAGIC_BYTES } from './compressions.js';
import { isRemote, openRemoteInput, remoteUrl } from './remote.js';

const STDIN_FD = 0;

/** As many as Node takes. Larger ones wait so long for their turn that V8 takes them for old, and memory grows. */
const READ_BYTES = 64 * 1024;

/** Bytes of an input as they are. */
export interface RawInput {
  readonly bytes: Readable;
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
  const fd = isStdin ? STDIN_FD : await promisify(open)(path, 'r');
  const stats = await promisify(fstat)(fd);
  if (stats.isDirectory())
    throw new CommandError(FAILED, `${isStdin ? 'stdin' : path}: is a directory`);
  const isFile = stats.isFile();
  const compression = isFile ? await peek(fd) : undefined;
  const bytes = isStdin ? process.stdin : await reading(fd, stats);
  return { bytes, stats, compression, isFile };
}

async function peek(fd: number): Promise<Compression | undefined> {
  const head = Buffer.alloc(MAGIC_BYTES);
  const { bytesRead } = await promisify(read)(fd, head, 0, MAGIC_BYTES, 0);
  const found = detect(head.subarray(0, bytesRead));
  return found === 'too short' ? undefined : found;
}

/** A named pipe is read as a socket: a file's pending read can't be given up, and would keep the process alive. */
async function reading(fd: number, stats: Stats): Promise<Readable> {
  if (!stats.isFIFO()) return createReadStream('', { fd, highWaterMark: READ_BYTES });
  const { Socket } = await import('node:net');
  return new Socket({ fd, readable: true, writable: false });
}
