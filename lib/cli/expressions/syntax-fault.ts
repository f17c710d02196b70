import { parseExpressionAt } from 'acorn';
import { caretBelow } from '../errors/caret.js';

interface Fault {
  readonly reason: string;
  /** The expression, with a caret under the character where it stops making sense. */
  readonly pointer: string;
}

/**
 * Where an expression stops being JavaScript. `before` is what stands in front of it though nobody wrote it; `message` is
 * what the engine says, which knows no place.
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
    const reason = waitsInVain(text.slice(0, end)) ?? 'the expression ends before this';
    return { at: end + rest, reason };
  } catch (error) {
    const { pos, message } = error as SyntaxError & { pos: number };
    const reason = message.replace(/ \(\d+:\d+\)$/, '');
    if (pos === text.length) return { at: pos, reason: 'it ends too early' };
    return { at: pos, reason: waitsInVain(text.slice(0, pos)) ?? reason };
  }
}

/** Where a function is not async, `await` is a name like any other, and what stands behind it makes no sense. */
const waitsInVain = (before: string): string | undefined =>
  /\bawait\s*$/.test(before) ? 'await needs an async function: async r => await ...' : undefined;
