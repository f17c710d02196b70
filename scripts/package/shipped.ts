import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Where users come in. */
export const ENTRIES = ['index.js', 'testing/index.js', 'cli/main.js'];

/** The files that are used: those where users come in, and what they import, at once or when it is needed. */
export function shippedFiles(lib: string, paths = ENTRIES, found = new Set<string>()): Set<string> {
  for (const path of paths) {
    if (found.has(path)) continue;
    found.add(path);
    const text = readFileSync(posix.join(lib, path), 'utf8');
    const imported = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?"(\.[^"]+)"/g)];
    const inside = imported.map(([, to = '']) => posix.join(posix.dirname(path), to));
    shippedFiles(
      lib,
      inside.filter((to) => !to.startsWith('..')),
      found,
    );
  }
  return found;
}
