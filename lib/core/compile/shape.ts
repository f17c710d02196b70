import { isIndexed } from '../protocol/pull.js';
import type { CompileInput } from './compile-input.js';

const STEP = ['map', 'test', 'tap', 'fold', 'expand', 'done', 'idle', 'held'] as const;
const DRAIN = ['fold', 'done', 'rest'] as const;
const LOOP = ['numbers', 'acknowledged'] as const;
const SOURCE = ['indexed', 'refills'] as const;

type Traits<N extends string> = Readonly<Partial<Record<N, boolean>>>;

export type StepShape = Traits<(typeof STEP)[number]>;

/** `numbers`: what it folds is a number so far. `acknowledged`: somebody waits for answers. */
export type DrainShape = Traits<(typeof DRAIN)[number] | (typeof LOOP)[number]>;

/** `indexed`: its items are read by their places. `refills`: and there may be more. */
export type SourceShape = Traits<(typeof SOURCE)[number]>;

/** All that the text of a loop is made by: loops of one shape have the same. */
export interface Shape {
  /** What tells it from others. */
  readonly key: string;
  readonly source: SourceShape;
  readonly steps: readonly StepShape[];
  readonly drain: DrainShape;
}

export function shapeOf({ segment, drain, loop }: CompileInput): Shape {
  const steps = segment.steps.map(({ step }) => traits(STEP, step));
  const numbers = typeof drain?.fold?.value === 'number';
  const acknowledged = loop?.acknowledged;
  const end = [...traits(DRAIN, drain ?? {}), ...traits(LOOP, { numbers, acknowledged })];
  const source = segment.head?.source;
  const indexed = source && isIndexed(source) ? source : undefined;
  const start = traits(SOURCE, { indexed, refills: indexed?.refills });
  const key = [start, ...steps, end].map((names) => names.join()).join(';');
  return { key, source: shape(start), steps: steps.map(shape), drain: shape(end) };
}

const traits = <N extends string>(names: readonly N[], of: object): readonly N[] =>
  names.filter((name) => (of as Readonly<Record<string, unknown>>)[name]);

const shape = <N extends string>(names: readonly N[]): Traits<N> =>
  Object.fromEntries(names.map((name) => [name, true])) as Traits<N>;
