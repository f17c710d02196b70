import { badUsage } from '../errors/command-error.js';
import { mentioned } from '../library/library.js';
import { evaluate } from './expression.js';

export type Key = (item: unknown) => unknown;

/** The key that a text on the command line stands for: names with dots between, or a function. */
export async function keyOf(text: string, label: string): Promise<Key> {
  if (!/=>|\(|^\s*\./.test(text)) return fieldOf(text.split('.'));
  const value = await evaluate(text, label, await mentioned(text));
  if (typeof value === 'function') return value as Key;
  throw badUsage(
    `${label} \`${text}\` is no function: give the name of a field, or r => what is the key`,
  );
}

/** A field that is missing, or missing on the way there, has no value. */
const fieldOf =
  (path: readonly string[]): Key =>
  (item) =>
    path.reduce(
      (value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name],
      item,
    );
