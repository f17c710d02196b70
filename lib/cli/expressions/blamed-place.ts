import { caretBelow } from '../errors/caret.js';
import { unknownName } from './unknown-name.js';

/**
 * The place in an expression that the stack trace of an error contains, with a caret under it. `label`: the name of the
 * expression in stack traces.
 */
export function blamedPlace(text: string, label: string, error: unknown): string | undefined {
  const { stack } = Object(error) as { readonly stack?: unknown };
  if (typeof stack !== 'string') return undefined;
  for (const frame of stack.split('\n')) {
    const [, place] = frame.startsWith('    at ') ? frame.split(`${label}:`) : [];
    const [, row, column] = /^(\d+):(\d+)\)?$/.exec(place ?? '') ?? [];
    if (row === undefined) continue;
    const at = indexOf(text, Number(row), Number(column));
    // For an unknown `name` in `name.field`, V8 gives the place of `field`.
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
