import { messageOf } from '../core/errors.js';
import { badUsage, type CommandError } from './command-error.js';

/** The value of a JavaScript expression with the names of `scope` in scope. `label` says whose expression it is. */
export async function evaluate(
  text: string,
  label: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (text.trim() === '') throw badUsage(`${label} is empty`);
  const run = await compile(text, label, Object.keys(scope));
  try {
    return run(...Object.values(scope));
  } catch (error) {
    const reason = messageOf(error);
    const unknown = unknownName(error, Object.keys(scope));
    throw badUsage(`${label} \`${text}\`: ${reason}`, { unknown, cause: error });
  }
}

type Compiled = (...values: unknown[]) => unknown;

async function compile(text: string, label: string, names: string[]): Promise<Compiled> {
  try {
    // The newline keeps a comment at the end of the text from swallowing the bracket.
    return new Function(...names, `'use strict'; return (${text}\n)`) as Compiled;
  } catch (error) {
    throw await doesNotParse(text, label, error as SyntaxError);
  }
}

async function doesNotParse(
  text: string,
  label: string,
  error: SyntaxError,
): Promise<CommandError> {
  const { syntaxFault } = await import('./syntax-fault.js');
  const { reason, pointer } = syntaxFault(text, error.message);
  return badUsage(`${label} does not parse: ${reason}\n${pointer}`, { cause: error });
}

/** A name that nothing in scope has, and the names it may have been meant as. */
export function unknownName(
  error: unknown,
  names: readonly string[],
): { word: string; known: readonly string[] } | undefined {
  if (!(error instanceof ReferenceError)) return undefined;
  const word = /^(\S+) is not defined$/.exec(error.message)?.[1];
  return word === undefined
    ? undefined
    : { word, known: [...names, ...Object.getOwnPropertyNames(globalThis)] };
}
