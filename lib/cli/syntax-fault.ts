import { parseExpressionAt } from 'acorn';

interface Fault {
  readonly reason: string;
  /** The expression, with a caret under the character where it stops making sense. */
  readonly pointer: string;
}

/** Where an expression stops being JavaScript. `message` is what the engine says, which knows no place. */
export function syntaxFault(text: string, message: string): Fault {
  const { at, reason } = find(text);
  return { reason: reason ?? message, pointer: point(text, at) };
}

interface Found {
  readonly at: number | undefined;
  readonly reason?: string;
}

function find(text: string): Found {
  try {
    const { end } = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
    const rest = text.slice(end).search(/\S/);
    if (rest < 0) return { at: undefined };
    return { at: end + rest, reason: 'the expression ends before this' };
  } catch (error) {
    const { pos, message } = error as SyntaxError & { pos: number };
    const reason = message.replace(/ \(\d+:\d+\)$/, '');
    return { at: pos, reason: pos === text.length ? 'it ends too early' : reason };
  }
}

function point(text: string, at: number | undefined): string {
  const end = at === undefined ? -1 : text.indexOf('\n', at);
  const shown = end < 0 ? text : text.slice(0, end);
  const lines = shown.split('\n').map((line) => `  ${line}`);
  if (at === undefined) return lines.join('\n');
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  // A tab stays a tab, so that the caret stands where the character does.
  return [...lines, `  ${before.replace(/[^\t]/g, ' ')}^`].join('\n');
}
