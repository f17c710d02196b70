import { Sink } from '../../streams/sink.js';
import type { Stage } from '../../streams/stage.js';
import { badUsage } from '../errors/command-error.js';
import { mentioned } from '../library/library.js';
import type { Operators } from './concurrent.js';
import { evaluate } from './expression.js';
import { type Part, part } from './part.js';

/** Stages in a row, and the sink at their end if there is one. */
export interface Line {
  readonly stages: readonly Stage<unknown, unknown>[];
  readonly sink: Sink<unknown, unknown> | undefined;
}

/** Evaluates an expression of the command line to a stage or sink. `whose`: what errors call the expression. */
export async function partOf(text: string, whose: string, operators: Operators): Promise<Part> {
  const expression = text.trim();
  const label = `${whose} \`${expression}\``;
  const scope = { ...(await mentioned(text)), ...operators };
  const value = await evaluate(expression, whose, scope);
  // An operator that is not called is a function too. As one for `map`, it would fail on the first item with a
  // confusing message.
  if (typeof value === 'function' && Object.values(scope).includes(value as never))
    throw badUsage(`${label} is not called: write ${expression}(...)`);
  return part(value, label, operators);
}

/** Checks that only the last part is a sink. */
export function line(parts: readonly Part[]): Line {
  const stages: Stage<unknown, unknown>[] = [];
  let sink: Sink<unknown, unknown> | undefined;
  for (const part of parts) {
    if (sink) throw badUsage('a sink ends the line: no stage can follow it');
    if (part instanceof Sink) sink = part;
    else stages.push(part);
  }
  return { stages, sink };
}
