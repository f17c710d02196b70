import { posix } from 'node:path';
import type { OutputBundle, OutputChunk } from 'rolldown';

const { dirname, join, relative } = posix;

/** A module that has gone into a bundle with all its names, from where it exports them. */
const FACADE = /^import \{ ([\w$, ]+) \} from "(\.[^"]+)";\s+export \{ \1 \};\s*$/;

/**
 * Has what a file imports when it is needed come from the bundle that it is in: one file less to find and open, and to
 * ship. A module that has another name in its bundle is imported as it is.
 */
export function importDirectly(files: OutputBundle): void {
  const chunks = Object.values(files).filter((file) => file.type === 'chunk');
  const bundles = new Map(chunks.flatMap(bundleOf));
  for (const chunk of chunks) {
    const from = dirname(chunk.fileName);
    chunk.code = chunk.code.replace(/\bimport\("(\.[^"]+)"\)/g, (whole, path: string) => {
      const bundle = bundles.get(join(from, path));
      return bundle ? `import("${pathFrom(from, bundle)}")` : whole;
    });
  }
}

function bundleOf({ code, fileName }: OutputChunk): [string, string][] {
  const [, names, path] = FACADE.exec(code) ?? [];
  if (!names || !path || names.includes(' as ')) return [];
  return [[fileName, join(dirname(fileName), path)]];
}

function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('.') ? path : `./${path}`;
}
