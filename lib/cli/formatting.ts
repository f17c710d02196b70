import type { FileSpec } from './file-spec.js';
import type { Zlib } from './written-names.js';

/** Makes what writes items as bytes. What is added to the rows of the file at `rows` goes under their names. */
export type Formatting = (name: string, rows: string | undefined) => unknown;

/** Loads what writes a file; `adds` says whether there may be rows in it already. */
export async function formatting(
  file: FileSpec,
  adds: boolean,
  zlib: Zlib | undefined,
): Promise<Formatting> {
  const make = await file.format.writes.load();
  const written = adds ? await import('./written-names.js') : undefined;
  return (name, rows) => {
    const names = rows === undefined ? undefined : written?.writtenNames(rows, file, zlib);
    const continuing = names && { header: names, continues: true as const };
    return make({ ...file.options, name }, continuing);
  };
}
