import { createReadStream, fstat, open, type Stats } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { from } from '../sources/from.js';
import { compose } from '../streams/compose.js';
import type { Source } from '../streams/source.js';
import { CommandError, FAILED } from './command-error.js';
import type { Failure } from './failure.js';
import type { Faults } from './faults.js';
import type { FileSpec } from './file-spec.js';
import { inputGate } from './gate.js';

type Library = typeof import('../index.js');

const STDIN_FD = 0;

/** Twice what Node takes: half as many reads, and no more memory in the end. */
const READ_BYTES = 128 * 1024;

/** A file that is open for reading. */
export interface Input {
  readonly label: string;
  readonly stats: Stats;
  /** The items in it; asked for once. */
  items(library: Library, failure: Failure): Source<unknown>;
}

/** Opens the file now, so that one that is missing is told before anything is written. */
export async function openInput(spec: FileSpec, faults: Faults): Promise<Input> {
  const { path, compression, format, options } = spec;
  const isStdin = path === '-';
  const label = isStdin ? 'stdin' : path;
  try {
    const fd = isStdin ? STDIN_FD : await promisify(open)(path, 'r');
    const stats = await promisify(fstat)(fd);
    if (stats.isDirectory()) throw new CommandError(FAILED, `${label}: is a directory`);
    const raw = faults.watch(isStdin ? process.stdin : await reading(fd, stats), label);
    const decoder = compression?.decompress(await import('node:zlib'));
    const bytes = decoder ? pipeline(raw, faults.watch(decoder, label), () => {}) : raw;
    const parserOf = (library: Library) =>
      (format.reads as NonNullable<typeof format.reads>).make(library, { ...options, name: label });
    // A socket is a duplex stream, which compose would take for a stage: from says that it is a source.
    const items: Input['items'] = (library, failure) =>
      compose(from<Buffer>(bytes), parserOf(library), inputGate(failure));
    return { label, stats, items };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}

/** A named pipe is read as a socket: a file's pending read can't be given up, and would keep the process alive. */
async function reading(fd: number, stats: Stats): Promise<Readable> {
  if (!stats.isFIFO()) return createReadStream('', { fd, highWaterMark: READ_BYTES });
  const { Socket } = await import('node:net');
  return new Socket({ fd, readable: true, writable: false });
}
