import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { CommandError, FAILED } from '../errors/command-error.js';
import { isRemote } from '../files/remote.js';

/**
 * The files that match a pattern such as `logs/*.ndjson`, sorted by name. A name that is not a pattern stands for
 * itself.
 */
export async function expandPattern(path: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(path) || isRemote(path) || existsSync(path)) return [path];
  const { glob } = await import('tinyglobby');
  const found = await glob(path, { absolute: isAbsolute(path), expandDirectories: false });
  if (found.length > 0) return found.sort();
  throw new CommandError(FAILED, `${path}: no file matches the pattern`);
}
