import * as fs from 'node:fs';
import { CommandError, FAILED } from './command-error.js';
import { isRemote } from './remote.js';

/** Node has it from 22 on. */
type Glob = (pattern: string) => string[];

/** The files that a pattern such as `logs/*.ndjson` stands for, in order; a name that is no pattern stands for itself. */
export function expandPattern(path: string): readonly string[] {
  if (!/[*?[]/.test(path) || isRemote(path) || fs.existsSync(path)) return [path];
  const { globSync } = fs as { readonly globSync?: Glob };
  if (!globSync) {
    throw new CommandError(
      FAILED,
      `${path}: no such file (Node ${process.versions.node} expands no patterns: let the shell do it, as in sluice concat *.csv)`,
    );
  }
  const found = globSync(path).sort();
  if (found.length > 0) return found;
  throw new CommandError(FAILED, `${path}: no file fits the pattern`);
}
