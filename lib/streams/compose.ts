import { Duplex } from 'node:stream';
import { readArguments } from './arguments.js';
import { sinkPlan, sourcePlan, stageLinks } from './plans.js';
import type { ComposeSignature } from './signatures.js';
import { Sink } from './sink.js';
import { Source } from './source.js';
import { Stage } from './stage.js';

const isStageLike = (value: unknown): boolean =>
  value instanceof Stage ||
  typeof value === 'function' ||
  (value instanceof Duplex && !(value instanceof Source));

function join(...args: unknown[]): unknown {
  const { parts } = readArguments('compose', args, 2);
  const [first, ...rest] = parts;
  const last = rest.at(-1);
  if (!isStageLike(first)) {
    const source = sourcePlan('compose', first);
    const links = [...source.links, ...rest.flatMap((stage) => stageLinks('compose', stage))];
    return new Source({ ...source, links });
  }
  if (isStageLike(last)) {
    const links = parts.flatMap((stage) => stageLinks('compose', stage));
    return new Stage({ name: 'compose', links });
  }
  const sink = sinkPlan('compose', last);
  const links = [
    ...parts.slice(0, -1).flatMap((stage) => stageLinks('compose', stage)),
    ...sink.links,
  ];
  return new Sink({ ...sink, links });
}

export const compose = join as ComposeSignature;
