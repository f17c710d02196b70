import { Sink } from '../../streams/sink.js';
import type { Stage } from '../../streams/stage.js';
import { badUsage } from '../errors/command-error.js';
import { mentioned } from '../library/library.js';
import type { Operators } from './concurrent.js';
import { evaluate } from './expression.js';
import { type Part, part } from './part.js';

/** Stages in a row, and the sink that ends them if one was given. */
export interface Line {
  readonly stages: readonly Stage<unknown, unknown>[];
  readonly sink: Sink<unknown, unknown> | undefined;
}

/** The part that an expression on the command line stands for; `whose` is what errors say before it. */
export async function partOf(text: string, whose: string, operators: Operators): Promise<Part> {
  const expression = text.trim();
  const label = `${whose} \`${expression}\``;
  const scope = { ...(await mentioned(text)), ...operators };
  const value = await evaluate(expression, whose, scope);
  // Taken for a function to map with, an operator would fail on the first item, for a reason nobody understands.
  if (typeof value === 'function' && Object.values(scope).includes(value as never))
    throw badUsage(`${label} is not called: write ${expression}(...)`);
  return part(value, label, operators);
}

/** Sees that only the last part is a sink. */
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
