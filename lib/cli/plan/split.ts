import { dirname, normalize } from 'node:path';
import { FormatError } from '../../formats/text/format-error.js';
import { described } from '../../formats/text/message-text.js';
import { badUsage } from '../errors/command-error.js';
import { type Key, keyOf } from '../expressions/key.js';
import { fileName } from './file-name.js';
import type { PathTemplate } from './path-template.js';

/** How items are distributed among files by their fields. */
export interface Split {
  /** The keys, as written in the braces. */
  readonly keys: readonly string[];
  /** The folder that contains all files. */
  readonly folder: string;
  /** The path of the file for an item, within that folder. Throws `FormatError` when a key has no text. */
  pathOf(item: unknown, index: number): string;
}

/** `path`: the whole template, for errors. */
export async function splitBy(
  path: string,
  flag: string,
  { texts, keys }: PathTemplate,
): Promise<Split> {
  const [first = '', ...rest] = texts;
  const behind = ['', ...rest].join('{}');
  if (/(^|[/\\])\.\.?([/\\]|$)/.test(behind))
    throw badUsage(`${path}: no . or .. can stand behind a key`);
  if (/[/\\]$/.test(behind)) throw badUsage(`${path} is a folder: name the files in it`);
  const functions: Key[] = [];
  for (const key of keys) functions.push(await keyOf(key, flag));
  const folder = dirname(`${first}x`);
  const start = first.slice(first.lastIndexOf('/') + 1);
  const pathOf: Split['pathOf'] = (item, index) => {
    let name = start;
    for (const [at, key] of functions.entries())
      name += nameBy(key(item), keys[at] as string, index) + rest[at];
    return normalize(name);
  };
  return { keys, folder, pathOf };
}

function nameBy(value: unknown, key: string, index: number): string {
  const name = fileName(value);
  if (name !== undefined) return name;
  const what = value === undefined ? 'no' : `${kindOf(value)} for`;
  throw new FormatError(index, `has ${what} \`${key}\`, and so no file`);
}

function kindOf(value: unknown): string {
  if (typeof value !== 'string') return described(value);
  return value === '' ? 'an empty text' : 'a lone surrogate';
}
