import { Duplex } from 'node:stream';
import { ArgumentError } from '../core/base/errors.js';
import { joined } from './adapters/joined.js';
import { isWebPair, isWritable } from './adapters/stream-kinds.js';
import { isWebWritable } from './adapters/write-web.js';
import { readArguments } from './arguments.js';
import { sinkPlan, sourcePlan, stageLinks } from './plans.js';
import type { ComposeSignature } from './signatures.js';
import { Sink } from './sink.js';
import { Source } from './source.js';
import { Stage } from './stage.js';

const isStageLike = (value: unknown): boolean =>
  value instanceof Stage ||
  value instanceof Duplex ||
  isWebPair(value) ||
  (typeof value === 'function' && !isAsync(value));

const isSinkLike = (value: unknown): boolean =>
  isWritable(value) || isWebWritable(value) || (typeof value === 'function' && isAsync(value));

/** An async function returns a promise, so it can only be a sink. */
const isAsync = (fn: object): boolean =>
  Object.prototype.toString.call(fn) === '[object AsyncFunction]';

/**
 * Joins parts of a pipeline into one part: stages into a `Stage`, a source and stages into a `Source`, stages and a
 * sink into a `Sink`. The parts still run as one loop, together with the pipeline that they become part of.
 *
 * A function among the parts is a stage (an async generator function), and an async function at the end is a sink. A
 * duplex stream such as a socket is a stage; any other writable stream is a sink. `from` makes a source of a function
 * or of a duplex stream. One part may be alone, too: TypeScript infers the items of an inline
 * `compose(async function* (items) { ... })`, and what it yields, from what stands around it.
 *
 * Ends: when its parts do; one that is destroyed closes all of them.   Fails: when one of its parts does.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no part, or one does not fit its place.
 * @throws {UsedError} ERR_SLUICE_USED at the call: a part is in another pipeline already.
 * @example
 * const squares = compose(range(0, 4), map((x) => x * x));
 * await pipeline(squares, toArray()) // [0, 1, 4, 9]
 */
export const compose = function compose(...args: unknown[]): unknown {
  const { parts, options } = readArguments('compose', args, 1);
  if (options === args.at(-1)) throw new ArgumentError('compose: takes no options');
  const [first, ...rest] = parts;
  const last = parts.at(-1);
  if (!isStageLike(first) && !(rest.length === 0 && isSinkLike(first))) {
    const source = sourcePlan('compose', first);
    const links = [...source.links, ...rest.flatMap((stage) => stageLinks('compose', stage))];
    return new Source(joined({ ...source, links }));
  }
  if (isStageLike(last)) {
    const links = parts.flatMap((stage) => stageLinks('compose', stage));
    return new Stage(joined({ name: 'compose', links }));
  }
  const sink = sinkPlan('compose: the last argument', last);
  const links = [
    ...parts.slice(0, -1).flatMap((stage) => stageLinks('compose', stage)),
    ...sink.links,
  ];
  return new Sink(joined({ ...sink, links }));
} as ComposeSignature;
