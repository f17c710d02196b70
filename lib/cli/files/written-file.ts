import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CsvDecoder } from '../../formats/csv/decoder.js';
import { map } from '../../operators/map.js';
import type { FileSpec } from './file-spec.js';

export type Zlib = typeof import('node:zlib');

/** A row of names that is longer takes a second look. */
const FEW_BYTES = 4096;

/** What the columns of a file are called that has rows; undefined where rows have no names. */
export function writtenNames(
  path: string,
  file: FileSpec,
  zlib: Zlib | undefined,
): readonly string[] | undefined {
  if (file.format.delimiter === undefined || file.options['header'] === false) return undefined;
  const fd = openSync(path, 'r');
  try {
    for (let size = FEW_BYTES; ; size *= 2) {
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

/** Whether the last line of a file lacks its end. Of what is compressed that is too much to ask. */
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

/** Ends the last line before anything else. */
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

/** Only of a row that has ended, unless these are all bytes. */
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
