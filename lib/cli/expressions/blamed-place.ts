import { caretBelow } from '../errors/caret.js';
import { unknownName } from './unknown-name.js';

/** The place in an expression where an error comes from, if it has passed through it. `label` is its name in stack traces. */
export function blamedPlace(text: string, label: string, error: unknown): string | undefined {
  const { stack } = Object(error) as { readonly stack?: unknown };
  if (typeof stack !== 'string') return undefined;
  for (const frame of stack.split('\n')) {
    const [, place] = frame.startsWith('    at ') ? frame.split(`${label}:`) : [];
    const [, row, column] = /^(\d+):(\d+)\)?$/.exec(place ?? '') ?? [];
    if (row === undefined) continue;
    const at = indexOf(text, Number(row), Number(column));
    // For `name.field` V8 tells the place of the field, though it is the name that is missing.
    const { word } = unknownName(error) ?? {};
    return caretBelow(text, word === undefined ? at : text.lastIndexOf(word, at));
  }
  return undefined;
}

/** Rows and columns are counted from 1. */
function indexOf(text: string, row: number, column: number): number {
  const before = text.split('\n').slice(0, row - 1);
  return Math.max(
    before.reduce((sum, line) => sum + line.length + 1, column - 1),
    0,
  );
}
