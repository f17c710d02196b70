import { Duplex, Writable } from 'node:stream';
import type { Link } from '../../core/protocol/link.js';
import { described } from '../../formats/text/message-text.js';
import { isWebPair } from '../../streams/adapters/stream-kinds.js';
import { sinkPlan, stageLinks } from '../../streams/plans.js';
import { Sink } from '../../streams/sink.js';
import { Source } from '../../streams/source.js';
import { Stage } from '../../streams/stage.js';
import { badUsage } from '../errors/command-error.js';
import type { Operators } from './concurrent.js';

/** An element of a line: a stage, or the sink at its end. */
export type Part = Stage<unknown, unknown> | Sink<unknown, unknown>;

const MEANT =
  'a stage is an operator, such as map(...) or filter(...), or a function, which means map(function)';

/** Makes a value a stage or sink; a function is called by `map`. Errors call it `label`. */
export function part(value: unknown, label: string, { map }: Operators): Part {
  if (typeof value === 'function')
    return renamed(stageOf(value as StageFunction, label, map), label);
  if (value instanceof Source)
    throw badUsage(`${label} is a source, where a stage is expected; ${MEANT}`);
  if (value instanceof Stage || value instanceof Duplex || isWebPair(value))
    return renamed(value, label);
  if (value instanceof Writable) return renamedSink(value, label);
  throw badUsage(`${label} is ${described(value)}, not a stage; ${MEANT}`);
}

type StageFunction = (item: unknown) => unknown;

function stageOf(fn: StageFunction, label: string, map: Operators['map']): unknown {
  const kind = Object.prototype.toString.call(fn);
  if (kind === '[object AsyncGeneratorFunction]') return fn;
  if (kind === '[object GeneratorFunction]') {
    throw badUsage(
      `${label} is a generator function: make it async to have it read all items, or put it in flatMap(...) to have it called for each`,
    );
  }
  if (/^class\b/.test(Function.prototype.toString.call(fn))) {
    throw badUsage(`${label} is a class, not a stage; ${MEANT}`);
  }
  return map(fn);
}

function renamed(value: unknown, name: string): Stage<unknown, unknown> {
  const links = stageLinks('sluice', value);
  return noteStepwise(new Stage({ name, links: called(name, links) }), name, links);
}

function renamedSink(value: Writable, name: string): Sink<unknown, unknown> {
  const plan = sinkPlan('sluice', value);
  return noteStepwise(
    new Sink({ ...plan, name, links: called(name, plan.links) }),
    name,
    plan.links,
  );
}

const called = (name: string, links: readonly Link[]): readonly Link[] =>
  links.map((link): Link => ({ ...link, name }));

const stepwiseNames = new WeakMap<Part, string>();

function noteStepwise<P extends Part>(part: P, name: string, links: readonly Link[]): P {
  if (!links.some((link) => 'through' in link)) stepwiseNames.set(part, name);
  return part;
}

/** The name of a part that finishes an item before it takes the next one; undefined for any other part. */
export const stepwiseName = (part: Part): string | undefined => stepwiseNames.get(part);
