import type { FileSpec } from './file-spec.js';
import { writtenNames, type Zlib } from './written-names.js';

type Library = typeof import('../index.js');

/** Writes items as a file's bytes. What is added to the rows of the file at `rows` goes under their names. */
export function formatter(
  file: FileSpec,
  name: string,
  rows: string | undefined,
  zlib: Zlib | undefined,
  library: Library,
): unknown {
  const { format, options } = file;
  const names = rows === undefined ? undefined : writtenNames(rows, file, zlib);
  const continuing = names && { header: names, continues: true as const };
  return format.writes.make(library, { ...options, name }, continuing);
}
