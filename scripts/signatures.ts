/** Writes lib/streams/signatures.ts: the overloads that carry types from stage to stage. Run by `npm run signatures`. */
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

/** In a call with options the sink stands one place earlier: the place before the last takes either. */
function pipeline(count: number): string[] {
  const between = stages(count);
  if (count > 0) between[count - 1] += ` | SinkLike<${type(count - 1)}, R>`;
  const options = count > 0 ? ' | PipelineOptions' : '';
  const args = [`source: SourceLike<A>`, ...between, `sink: SinkLike<${type(count)}, R>${options}`];
  return [`<${params(count + 1)}, R = void>(${args.join(', ')}): Promise<R>;`];
}

/** Of two overloads with equally many arguments, the one without options comes first and hints at the other. */
function pull(count: number): string[] {
  const between = stages(count);
  if (count > 0) between[count - 1] += ' | Hint<RunOptions>';
  const args = ['source: PullSource<A>', ...between];
  const lines = [`<${params(count + 1)}>(${args.join(', ')}): IterableIterator<${type(count)}>;`];
  if (count === 0) return lines;
  const fewer = ['source: PullSource<A>', ...stages(count - 1), 'options: RunOptions'];
  return [
    ...lines,
    `<${params(count)}>(${fewer.join(', ')}): IterableIterator<${type(count - 1)}>;`,
  ];
}

/**
 * By number of arguments, those with options first: where these have the consumer and the options, the others have the
 * last stage and the consumer, and hints give the callbacks of either the same types.
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

/** By number of arguments. What an overload does not take it still hints at, so that callbacks are typed alike. */
function compose(count: number): string[] {
  const [first = '', ...rest] = stages(count);
  const hinted = [`${first} | Hint<SourceLike<B>>`, ...rest];
  const last = type(count - 1);
  const sink = `sink: SinkLike<${last}, R, X> | Hint<StageLike<${last}, unknown>>`;
  const toSink = [...hinted.slice(0, -1), sink].join(', ');
  const toSource = ['source: SourceItems<A>', ...stages(count - 1)].join(', ');
  return [
    `<${params(count)}, R = void, X = unknown>(${toSink}): Sink<A, R, X>;`,
    `<${params(count + 1)}>(${hinted.join(', ')}): Stage<A, ${type(count)}>;`,
    `<${params(count)}>(${toSource}): Source<${last}>;`,
  ];
}

const MOST_BRANCHES = 8;

function broadcast(count: number): string[] {
  const list = (most: number, write: (n: number) => string): string =>
    Array.from({ length: most }, (_, at) => write(at + 1)).join(', ');
  const overload = (n: number, plain: boolean): string => {
    const sinks = list(n, (at) => `b${at}: SinkLike<T, R${at}, X${at}>`);
    const types = `T, ${list(n, (at) => `R${at} = void`)}, ${list(n, (at) => `X${at} = unknown`)}`;
    const results = `[${list(n, (at) => `R${at}`)}]`;
    const answers = `[${list(n, (at) => `X${at} | undefined`)}]`;
    return plain
      ? `<${types}>(${sinks} | Hint<BroadcastOptions<${answers}, unknown>>): Sink<T, ${results}, ${answers}>;`
      : `<${types}, A = ${answers}>(${sinks}, options: BroadcastOptions<${answers}, A>): Sink<T, ${results}, A>;`;
  };
  return count === 1 ? [overload(1, true)] : [overload(count, true), overload(count - 1, false)];
}

const text = `// Written by scripts/signatures.ts; change that instead.
import type { RunOptions } from '../core/run.js';
import type { Sink } from './sink.js';
import type { Source } from './source.js';
import type { Stage } from './stage.js';
import type { Hint, PipelineOptions, PullSource, SinkLike, SourceItems, SourceLike, StageLike } from './types.js';

export interface PipelineSignature {
${upTo(0, pipeline)}
  (parts: readonly unknown[], options?: PipelineOptions): Promise<unknown>;
}

export interface ComposeSignature {
${upTo(2, compose)}
}

export interface PullSignature {
${upTo(0, pull)}
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

const broadcastText = `// Written by scripts/signatures.ts; change that instead.
import type { Sink } from '../streams/sink.js';
import type { Hint, SinkLike } from '../streams/types.js';
import type { BroadcastOptions } from './broadcast.js';

export interface BroadcastSignature {
${upTo(1, broadcast, MOST_BRANCHES)}
}
`;

writeFileSync('lib/junctions/signatures.ts', broadcastText);
writeFileSync('lib/streams/signatures.ts', text);
writeFileSync('lib/push/signatures.ts', pushText);
