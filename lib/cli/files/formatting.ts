import type { FileSpec } from './file-spec.js';
import type { Zlib } from './written-file.js';

/**
 * Makes the stages that write items as bytes. `rows`: a file with rows already. New rows get its column names, and
 * begin on a new line.
 */
export type Formatting = (name: string, rows: string | undefined) => readonly unknown[];

/** Loads the stages that write a file. `adds`: whether the file may contain rows already. */
export async function formatting(
  file: FileSpec,
  adds: boolean,
  zlib: Zlib | undefined,
): Promise<Formatting> {
  const make = await file.format.writes.load();
  const written = adds ? await import('./written-file.js') : undefined;
  return (name, rows) => {
    const names = rows === undefined ? undefined : written?.writtenNames(rows, file, zlib);
    const continuing = names && { header: names, continues: true as const };
    const stage = make({ ...file.options, name }, continuing);
    if (rows === undefined || !written?.isCutOff(rows, file)) return [stage];
    return [stage, written.onNewLine(file, name)];
  };
}
