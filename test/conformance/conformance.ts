import type { Sink, Source, Stage } from '../../lib/index.js';
import {
  type CallbackSpec,
  type Check,
  type Input,
  type SinkCallbackSpec,
  type SinkSpec,
  type SourceSpec,
  type StageSpec,
  sinkConformance,
  sourceConformance,
  stageConformance,
} from '../../lib/testing/index.js';

/** A row for a Sluice stage: synchronous unless `sync` is false, with a callback that takes policies. */
interface StageRow<I, O> extends Omit<StageSpec<I, O>, 'callback'> {
  readonly callback?: Omit<CallbackSpec<I, O>, 'stageName' | 'policies'> & {
    /** Whether the stage's name includes that of the callback. Default true. */
    readonly named?: boolean;
    /** The operator's own name, if the row's is another. */
    readonly operator?: string;
  };
}

/** A sink of the package's own, of numbers. */
interface SinkRow extends Omit<SinkSpec<number>, 'callback' | 'input'> {
  readonly callback?: Omit<SinkCallbackSpec<number>, 'stageName' | 'policies'> & {
    /** The sink's own name, if the row's is another. */
    readonly operator?: string;
  };
}

function suite(name: string, what: string, checks: readonly Check[]): void {
  describe(`${name} is a ${what}`, () => {
    for (const check of checks) it(`${name} ${check.name}`, check.run);
  });
}

export function conformance<I, O>(
  name: string,
  make: () => Stage<I, O>,
  { callback, ...spec }: StageRow<I, O>,
): void {
  const { operator = name, named = true } = callback ?? {};
  const stageName = named ? `${operator}(fails)` : operator;
  const whole: StageSpec<I, O> = { sync: true, ...spec };
  const calling = callback && { ...callback, policies: true, stageName };
  suite(name, 'stage', stageConformance(make, calling ? { ...whole, callback: calling } : whole));
}

export function sourceRow(
  name: string,
  make: (...inputs: Input[]) => Source<unknown>,
  spec: SourceSpec<unknown>,
): void {
  suite(name, 'source', sourceConformance(make, spec));
}

export function sinkRow(
  name: string,
  make: () => Sink<number, unknown>,
  { callback, ...spec }: SinkRow,
): void {
  const whole: SinkSpec<number> = { ...spec, input: [0, 1, 2, 3, 4] };
  const stageName = `${callback?.operator ?? name}(fails)`;
  const calling = callback && { ...callback, policies: true, stageName };
  suite(name, 'sink', sinkConformance(make, calling ? { ...whole, callback: calling } : whole));
}
