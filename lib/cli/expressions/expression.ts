import { compileFunction } from 'node:vm';
import { messageOf } from '../../core/base/message-of.js';
import { badUsage, type CommandError } from '../errors/command-error.js';
import { awaited } from './awaited.js';
import { blamedPlace } from './blamed-place.js';
import type { Scope } from './own-imports.js';
import { unknownName } from './unknown-name.js';

/** The code before the text of the user. Errors count columns from the beginning of that text. */
const BEFORE = "'use strict'; return (async () => (";
// The newline keeps a comment at the end of the text from swallowing the bracket.
const AFTER = '\n))()';

/** Evaluates a JavaScript expression with the names of `scope` in scope. `label`: what errors call the expression. */
export async function evaluate(text: string, label: string, scope: Scope): Promise<unknown> {
  if (text.trim() === '') throw badUsage(`${label} is empty`);
  const run = await compile(text, label, scope);
  try {
    return await awaited(run());
  } catch (error) {
    const reason = messageOf(error);
    const unknown = unknownName(error);
    const place = blamedPlace(text, label, error);
    const message = place ? `${label}: ${reason}\n${place}` : `${label} \`${text}\`: ${reason}`;
    throw badUsage(message, { unknown, cause: error });
  }
}

async function compile(text: string, label: string, scope: Scope): Promise<() => unknown> {
  const before = getterHead(text);
  try {
    const { code, names } = await prepared(before + text, scope);
    const body = BEFORE + code + AFTER;
    const run = compileFunction(body, Object.keys(names), {
      filename: label,
      columnOffset: -(BEFORE.length + before.length),
    }) as (...values: unknown[]) => unknown;
    return () => run(...Object.values(names));
  } catch (error) {
    throw await syntaxError(text, before, label, error as SyntaxError);
  }
}

/** The code before `.path.to.field` that makes it a function; empty for any other text. */
export function getterHead(text: string): string {
  const [, first] = /^\s*\.([\p{ID_Start}$_#[])/u.exec(text) ?? [];
  if (first === undefined) return '';
  // `item.[0]` is no JavaScript, but `item?.[0]` is.
  return first === '[' ? 'item => item?' : 'item => item';
}

interface Prepared {
  readonly code: string;
  readonly names: Scope;
}

/** Makes the imports of an expression start from the working directory, not from this module. */
async function prepared(code: string, names: Scope): Promise<Prepared> {
  if (!code.includes('import')) return { code, names };
  const { ownImports } = await import('./own-imports.js');
  return ownImports(code, names);
}

async function syntaxError(
  text: string,
  before: string,
  label: string,
  error: SyntaxError,
): Promise<CommandError> {
  const { syntaxFault } = await import('./syntax-fault.js');
  const { reason, pointer } = syntaxFault(text, before, error.message);
  return badUsage(`${label} does not parse: ${reason}\n${pointer}`, { cause: error });
}
