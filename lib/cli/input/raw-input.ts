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

/**
 * The size that Node reads by default. V8 treats larger buffers, which wait longer, as old objects, and memory grows.
 */
const READ_BYTES = 64 * 1024;

/** The bytes that are read to detect the compression: all bytes of a small file. */
const HEAD_BYTES = 16 * 1024;

/** The bytes of an input as they are in the file. */
export interface RawInput {
  /** Buffers for a small file, which is read when it is opened: a stream would take longer to start. */
  readonly bytes: Readable | readonly Buffer[];
  /** The stats of a file; undefined for a remote input. */
  readonly stats: Stats | undefined;
  /**
   * The compression of a file on a disk, from its first bytes; undefined for anything else, which is detected later.
   */
  readonly compression: Compression | undefined;
  readonly isFile: boolean;
}

/** Opens the input now, so that the run fails before it writes anything if the input is missing. */
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

/** The size of the input in bytes, if known: a server may say how long its answer is. */
export function totalOf({ bytes, stats, isFile }: RawInput): number | undefined {
  if (stats) return isFile ? stats.size : undefined;
  const { headers } = bytes as Partial<IncomingMessage>;
  return Number(headers?.['content-length']) || undefined;
}

/** Only a file on a disk is opened synchronously: opening a named pipe waits for a writer. */
async function opened(path: string): Promise<number> {
  return statSync(path).isFile() ? openSync(path, 'r') : promisify(open)(path, 'r');
}

interface Head {
  readonly head: Buffer;
  readonly isWhole: boolean;
}

const NOTHING_YET: Head = { head: Buffer.alloc(0), isWhole: false };

/** Reads until enough: some files of the system give fewer bytes than asked for, long before their end. */
function readHead(fd: number): Head {
  const head = Buffer.alloc(HEAD_BYTES);
  for (let length = 0; ; ) {
    const read = readSync(fd, head, length, HEAD_BYTES - length, null);
    length += read;
    if (read === 0 || length === HEAD_BYTES)
      return { head: head.subarray(0, length), isWhole: read === 0 };
  }
}

/** A named pipe is read as a socket: a pending read of a file cannot be cancelled, and would keep the process alive. */
async function reading(fd: number, stats: Stats): Promise<Readable> {
  if (!stats.isFIFO()) return createReadStream('', { fd, highWaterMark: READ_BYTES });
  const { Socket } = await import('node:net');
  return new Socket({ fd, readable: true, writable: false });
}
