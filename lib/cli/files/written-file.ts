import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CsvDecoder } from '../../formats/csv/decoder.js';
import { map } from '../../operators/map.js';
import type { FileSpec } from './file-spec.js';

export type Zlib = typeof import('node:zlib');

/** How many bytes are read at first; twice as many if the header row is longer. */
const FIRST_BYTES = 4096;

/** The column names of a file with rows; undefined if the rows have no names. */
export function writtenNames(
  path: string,
  file: FileSpec,
  zlib: Zlib | undefined,
): readonly string[] | undefined {
  if (file.format.delimiter === undefined || file.options['header'] === false) return undefined;
  const fd = openSync(path, 'r');
  try {
    for (let size = FIRST_BYTES; ; size *= 2) {
      const head = Buffer.alloc(size);
      const length = readSync(fd, head, 0, size, 0);
      const isAll = length < size;
      const names = firstRow(plain(head.subarray(0, length), file, zlib), isAll, path, file);
      if (names || isAll) return names;
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Whether the last line of a file has no line end. Compressed files are not checked: all of the file would have to be
 * read.
 */
export function isCutOff(path: string, { format, compression }: FileSpec): boolean {
  if (format.lineEnd === undefined || compression) return false;
  const fd = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(fd, last, 0, 1, fstatSync(fd).size - 1);
    return last.toString() !== format.lineEnd;
  } finally {
    closeSync(fd);
  }
}

/** Writes a line end before the first chunk. */
export function onNewLine({ format }: FileSpec, name: string): unknown {
  let before = Buffer.from(format.lineEnd as string);
  const behind = (chunk: Uint8Array | string): Buffer => {
    const bytes = Buffer.concat([before, Buffer.from(chunk as Uint8Array)]);
    before = Buffer.alloc(0);
    return bytes;
  };
  return map(behind, { name });
}

const plain = (head: Buffer, { compression }: FileSpec, zlib: Zlib | undefined): Buffer =>
  zlib && compression?.head ? compression.head(zlib, head) : head;

/** The first row. `isAll`: these are all bytes of the file, so the row may have no line end. */
function firstRow(
  bytes: Buffer,
  isAll: boolean,
  path: string,
  { format, options: { delimiter = format.delimiter, quotes } }: FileSpec,
): readonly string[] | undefined {
  const syntax = { delimiter, quotes } as { delimiter: string; quotes?: boolean };
  const decoder = new CsvDecoder(path, { ...syntax, header: false, ragged: 'fit' });
  const batches = [...decoder.write(bytes), ...(isAll ? decoder.end() : [])];
  return batches.find(({ length }) => length > 0)?.item(0) as readonly string[] | undefined;
}
