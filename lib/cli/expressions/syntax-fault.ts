import { parseExpressionAt } from 'acorn';
import { caretBelow } from '../errors/caret.js';

interface Fault {
  readonly reason: string;
  /** The expression, with a caret under the first character that is not valid. */
  readonly pointer: string;
}

/**
 * Finds where an expression stops being JavaScript. `before`: the code that the command puts before the text of the
 * user. `message`: the error of the engine, which contains no place.
 */
export function syntaxFault(text: string, before: string, message: string): Fault {
  const { at, reason } = find(before + text);
  const shown = at === undefined ? undefined : Math.max(at - before.length, 0);
  return { reason: reason ?? message, pointer: caretBelow(text, shown) };
}

interface Found {
  readonly at: number | undefined;
  readonly reason?: string;
}

function find(text: string): Found {
  try {
    const options = { ecmaVersion: 'latest', allowAwaitOutsideFunction: true } as const;
    const { end } = parseExpressionAt(text, 0, options);
    const rest = text.slice(end).search(/\S/);
    if (rest < 0) return { at: undefined };
    const reason = needsAsync(text.slice(0, end)) ?? 'the expression ends before this';
    return { at: end + rest, reason };
  } catch (error) {
    const { pos, message } = error as SyntaxError & { pos: number };
    const reason = message.replace(/ \(\d+:\d+\)$/, '');
    if (pos === text.length) return { at: pos, reason: 'it ends too early' };
    return { at: pos, reason: needsAsync(text.slice(0, pos)) ?? reason };
  }
}

/** In a function that is not async, `await` is an ordinary name, so the parser refuses the code after it. */
const needsAsync = (before: string): string | undefined =>
  /\bawait\s*$/.test(before) ? 'await needs an async function: async r => await ...' : undefined;
