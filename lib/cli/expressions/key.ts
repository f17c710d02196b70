import { badUsage } from '../errors/command-error.js';
import { mentioned } from '../library/library.js';
import { evaluate } from './expression.js';

export type Key = (item: unknown) => unknown;

/** The key function that a text of the command line means: names with dots between them, or a function. */
export async function keyOf(text: string, label: string): Promise<Key> {
  if (!/=>|\(|^\s*\./.test(text)) return fieldOf(text.split('.'));
  const value = await evaluate(text, label, await mentioned(text));
  if (typeof value === 'function') return value as Key;
  throw badUsage(
    `${label} \`${text}\` is not a function: give the name of a field, or a function such as r => r.id`,
  );
}

/** Undefined for a field that is missing, or whose parent is missing. */
const fieldOf =
  (path: readonly string[]): Key =>
  (item) =>
    path.reduce(
      (value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name],
      item,
    );
