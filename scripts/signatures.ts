/**
 * Writes lib/streams/signatures.ts: the overloads that carry types from stage to stage. Run by `npm run signatures`.
 */
import { writeFileSync } from 'node:fs';

const MOST_STAGES = 18;
const letters = 'ABCDEFGHIJKLMNOPQSTUVWXYZ';
const type = (at: number): string => letters[at] as string;
const params = (count: number): string =>
  Array.from({ length: count }, (_, at) => type(at)).join(', ');

const stages = (count: number, first = 0): string[] =>
  Array.from(
    { length: count },
    (_, at) => `s${at + 1}: StageLike<${type(first + at)}, ${type(first + at + 1)}>`,
  );

const upTo = (least: number, write: (count: number) => string[], most = MOST_STAGES): string =>
  Array.from({ length: most - least + 1 }, (_, at) => write(at + least))
    .flat()
    .map((line) => `  ${line}`)
    .join('\n');

/**
 * With options, the sink is the last argument but one. So that parameter takes a stage or the sink. The last one takes
 * either.
 */
function pipeline(count: number): string[] {
  const between = stages(count);
  if (count > 0) between[count - 1] += ` | SinkLike<${type(count - 1)}, R>`;
  const end = count > 0 ? 'SinkOrOptions' : 'LastSink';
  const args = [`source: SourceLike<A>`, ...between, `sink: ${end}<${type(count)}, R>`];
  return [`<${params(count + 1)}, R = void>(${args.join(', ')}): Promise<R>;`];
}

/**
 * Of two overloads with the same number of arguments, the one without options comes first, with a `Hint` of the other.
 */
function pull(count: number): string[] {
  const between = stages(count);
  if (count > 0) between[count - 1] += ' | Hint<RunOptions>';
  const args = ['source: PullSource<A>', ...between];
  const lines = [`<${params(count + 1)}>(${args.join(', ')}): PullItems<${type(count)}>;`];
  if (count === 0) return lines;
  const fewer = ['source: PullSource<A>', ...stages(count - 1), 'options: RunOptions'];
  return [...lines, `<${params(count)}>(${fewer.join(', ')}): PullItems<${type(count - 1)}>;`];
}

/**
 * Two overloads for each number of arguments, the one with options first. Its last two parameters are the consumer and
 * the options; those of the other overload are the last stage and the consumer. `Hint`s give callbacks the same types
 * in both.
 */
function push(count: number): string[] {
  const into = type(count);
  const plain = [...stages(count), `consumer: Consumer<${into}, X, R>`].join(', ');
  const lines = [`<${params(count + 1)}, X = unknown, R = unknown>(${plain}): Producer<A, X, R>;`];
  if (count === 0) return lines;
  const last = type(count - 1);
  const consumer = `consumer: Consumer<${last}, X, R> | Hint<Stage<${last}, ${into}>>`;
  const options = `options: ProducerOptions | Hint<Consumer<${into}, unknown, unknown>>`;
  const all = [...stages(count - 1), consumer, options].join(', ');
  return [`<${params(count + 1)}, X = unknown, R = unknown>(${all}): Producer<A, X, R>;`, ...lines];
}

/**
 * Three overloads for each number of arguments; of a single one, the overload for spread arguments makes a sink. `Hint`s of
 * the others give callbacks the same types in each. A single function has no hints: its items are inferred of what stands
 * around the call.
 */
function compose(count: number): string[] {
  if (count === 1)
    return ['<A, B>(s1: StageLike<A, B>): Stage<A, B>;', '<A>(source: SourceItems<A>): Source<A>;'];
  const [, ...rest] = stages(count);
  const hinted = ['s1: FirstStage<A, B>', ...rest];
  const last = type(count - 1);
  const sink = `sink: LastSink<${last}, R, X>`;
  const toSink = [...hinted.slice(0, -1), sink].join(', ');
  const toSource = ['source: SourceItems<A>', ...stages(count - 1)].join(', ');
  return [
    `<${params(count)}, R = void, X = unknown>(${toSink}): Sink<A, R, X>;`,
    `<${params(count + 1)}>(${hinted.join(', ')}): Stage<A, ${type(count)}>;`,
    `<${params(count)}>(${toSource}): Source<${last}>;`,
  ];
}

/** The last overload, which nothing fits: it says what is wrong. */
const fitting = (caller: string): string =>
  `  <P extends readonly unknown[]>(...parts: Fitting<'${caller}', P>): never;`;

const MOST_BRANCHES = 8;

/** How to write the overloads of a junction of sinks: its options, its result and its answer for n branches. */
interface Junction {
  readonly options: (answers: string) => string;
  readonly answers: (each: readonly string[]) => string;
  /** A type parameter for the answer, where the options may change it. */
  readonly answer?: string;
}

const broadcast: Junction = {
  options: (answers) => `BroadcastOptions<${answers}>`,
  answers: (each) => `[${each.map((type) => `${type} | undefined`).join(', ')}]`,
  answer: 'A',
};

const balance: Junction = {
  options: () => 'BalanceOptions',
  answers: (each) => each.join(' | '),
};

function branches(junction: Junction, count: number): string[] {
  const numbered = (letter: string, most: number): string[] =>
    Array.from({ length: most }, (_, at) => `${letter}${at + 1}`);
  const overload = (n: number, plain: boolean): string => {
    const sinks = numbered('b', n).map((b, at) => `${b}: BranchSink<T, I, R${at + 1}, X${at + 1}>`);
    const results = numbered('R', n).map((type) => `${type} = void`);
    const types = `I, ${[...results, ...numbered('X', n).map((type) => `${type} = unknown`), 'T = I'].join(', ')}`;
    const answers = junction.answers(numbered('X', n));
    const result = `[${numbered('R', n).join(', ')}]`;
    if (plain) {
      const hint = `Hint<${junction.options(`${answers}, unknown`)}>`;
      return `<${types}>(${sinks.join(', ')} | ${hint}): Sink<T, ${result}, ${answers}>;`;
    }
    const own = junction.answer ? `, ${junction.answer} = ${answers}` : '';
    const options = `options: ${junction.options(`${answers}, ${junction.answer}`)}`;
    return `<${types}${own}>(${sinks.join(', ')}, ${options}): Sink<T, ${result}, ${junction.answer ?? answers}>;`;
  };
  return count === 1 ? [overload(1, true)] : [overload(count, true), overload(count - 1, false)];
}

const text = `// Written by scripts/signatures.ts; change that instead.
import type { RunOptions } from '../core/protocol/run-options.js';
import type { Sink } from './sink.js';
import type { Source } from './source.js';
import type { Stage } from './stage.js';
import type { Fitting } from './fitting.js';
import type { FirstStage, Hint, LastSink, PipelineOptions, PullItems, PullSource, SinkLike, SinkOrOptions, SourceItems, SourceLike, StageLike } from './types.js';

export interface PipelineSignature {
${upTo(0, pipeline)}
  (parts: readonly unknown[], options?: PipelineOptions): Promise<unknown>;
  <A, R = void>(source: SourceLike<A>, ...parts: [...stages: StageLike<A, A>[], sink: SinkLike<A, R>]): Promise<R>;
  <A, R = void>(source: SourceLike<A>, ...parts: [...stages: StageLike<A, A>[], sink: SinkLike<A, R>, options: PipelineOptions]): Promise<R>;
${fitting('pipeline')}
}

export interface ComposeSignature {
${upTo(1, compose)}
  <A, R = void, X = unknown>(...parts: [...stages: StageLike<A, A>[], sink: SinkLike<A, R, X>]): Sink<A, R, X>;
  <A>(...stages: StageLike<A, A>[]): Stage<A, A>;
  <A>(source: SourceItems<A>, ...stages: StageLike<A, A>[]): Source<A>;
${fitting('compose')}
}

export interface PullSignature {
${upTo(0, pull)}
  <A>(source: PullSource<A>, ...stages: StageLike<A, A>[]): PullItems<A>;
  <A>(source: PullSource<A>, ...parts: [...stages: StageLike<A, A>[], options: RunOptions]): PullItems<A>;
${fitting('pull')}
}
`;

const pushText = `// Written by scripts/signatures.ts; change that instead.
import type { Stage } from '../streams/stage.js';
import type { Hint, StageLike } from '../streams/types.js';
import type { Consumer, Producer, ProducerOptions } from './producer.js';

export interface PushSignature {
${upTo(0, push)}
}
`;

const junctionsText = `// Written by scripts/signatures.ts; change that instead.
import type { Sink } from '../streams/sink.js';
import type { BranchSink, Hint } from '../streams/types.js';
import type { BalanceOptions, BroadcastOptions } from './branches/branch-options.js';

export interface BroadcastSignature {
${upTo(1, (count) => branches(broadcast, count), MOST_BRANCHES)}
}

/** The last two are for sinks that are all alike, as many as there may be. */
export interface BalanceSignature {
${upTo(1, (count) => branches(balance, count), MOST_BRANCHES)}
  <I, R = void, X = unknown, T = I>(...sinks: BranchSink<T, I, R, X>[]): Sink<T, R[], X>;
  <I, R = void, X = unknown, T = I>(...args: [...sinks: BranchSink<T, I, R, X>[], options: BalanceOptions]): Sink<T, R[], X>;
}
`;

writeFileSync('lib/junctions/signatures.ts', junctionsText);
writeFileSync('lib/streams/signatures.ts', text);
writeFileSync('lib/push/signatures.ts', pushText);
