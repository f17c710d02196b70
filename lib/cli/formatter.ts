import type { FileSpec } from './file-spec.js';
import type { Continuing, Formatter, Make } from './formats.js';
import { writtenNames, type Zlib } from './written-names.js';

/** Writes items as a file's bytes, by what its format has loaded for that. What is added to the rows of the file at `rows` goes under their names. */
export function formatter(
  file: FileSpec,
  name: string,
  rows: string | undefined,
  zlib: Zlib | undefined,
  make: Make<Formatter, Continuing>,
): unknown {
  const { options } = file;
  const names = rows === undefined ? undefined : writtenNames(rows, file, zlib);
  const continuing = names && { header: names, continues: true as const };
  return make({ ...options, name }, continuing);
}
