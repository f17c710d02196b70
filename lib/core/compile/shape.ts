import { isIndexed } from '../protocol/pull.js';
import type { CompileInput } from './compile-input.js';

const STEP = ['map', 'test', 'tap', 'fold', 'expand', 'done', 'idle', 'held'] as const;
const DRAIN = ['fold', 'done', 'rest'] as const;
const LOOP = ['numbers', 'acknowledged'] as const;
const SOURCE = ['indexed', 'refills'] as const;

type Traits<N extends string> = Readonly<Partial<Record<N, boolean>>>;

export type StepShape = Traits<(typeof STEP)[number]>;

/** `numbers`: the value of its fold is a number so far. `acknowledged`: sends wait for answers. */
export type DrainShape = Traits<(typeof DRAIN)[number] | (typeof LOOP)[number]>;

/** `indexed`: its items are read by index. `refills`: more items may come after the last index. */
export type SourceShape = Traits<(typeof SOURCE)[number]>;

/** All that decides the generated text: segments of one shape have the same text. */
export interface Shape {
  /** Equal for equal shapes. */
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
