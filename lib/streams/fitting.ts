import type { RunOptions } from '../core/protocol/run-options.js';
import type {
  ItemOf,
  PipelineOptions,
  PullSource,
  SinkLike,
  SourceItems,
  SourceLike,
  StageLike,
  StageOutput,
} from './types.js';

/** What may stand first, what may follow items of `I` as the last part, and what may follow a sink. */
interface Places<I> {
  readonly pipeline: [
    first: SourceLike<unknown>,
    last: SinkLike<I, unknown>,
    options: PipelineOptions,
  ];
  readonly compose: [
    first: SourceItems<unknown> | StageLike<never, unknown>,
    last: StageLike<I, unknown> | SinkLike<I, unknown>,
    options: never,
  ];
  readonly pull: [
    first: PullSource<unknown>,
    last: StageLike<I, unknown> | RunOptions,
    options: never,
  ];
}

type Caller = keyof Places<unknown>;
type Gives<S> = S extends StageOutput<infer O> ? O : ItemOf<S>;
type AnySink = SinkLike<never, unknown>;
type AnyStage = StageLike<never, unknown>;

type Rest<C extends Caller, I, P> = P extends readonly [infer L]
  ? [Last<C, I, L>]
  : P extends readonly [AnySink, infer O]
    ? O extends AnySink | AnyStage
      ? Next<C, I, P>
      : [SinkLike<I, unknown>, Places<I>[C][2]]
    : Next<C, I, P>;

type Next<C extends Caller, I, P> = P extends readonly [infer S, ...infer R]
  ? [StageLike<I, unknown>, ...Rest<C, Gives<S>, R>]
  : [];

type Last<C extends Caller, I, L> = [C, L] extends ['pipeline', StageOutput<unknown>]
  ? 'a sink is missing after this stage, such as toArray() or drain()'
  : Places<I>[C][1];

/**
 * What the parts of a call must be, each after those before it. An overload of these comes last, so that the compiler says
 * which part is wrong: it speaks of the last overload. None fits it: parts that do are asked for one more.
 */
export type Fitting<C extends Caller, P extends readonly unknown[]> = P extends never
  ? P
  : P extends Expected<C, P>
    ? [...P, never]
    : Expected<C, P>;

type Expected<C extends Caller, P> = P extends readonly [infer S, ...infer R]
  ? [Places<never>[C][0], ...Rest<C, Gives<S>, R>]
  : never[];
