import { type Duplex, Readable } from 'node:stream';
import { compose, pipeline, pull, type Stage, type StageLike, toArray } from '../../index.js';
import { nodeRun } from './node-run.js';
import type { Kind } from './part.js';

type Way<I, O> = (items: readonly I[], stage: StageLike<I, O>) => Promise<O[]> | O[];

/** Every way to run a stage of this kind, as a function from input to output. */
export function ways<I, O>(kind: Kind, sync = false): [how: string, run: Way<I, O>][] {
  const all: Record<string, Way<I, O>> = {
    'through pipeline': (items, stage) => pipeline([items, stage, toArray()]) as Promise<O[]>,
    "through Node's pipeline": async (items, stage) => {
      const sink = toArray<O>();
      await nodeRun([items, stage, sink]);
      return sink.result();
    },
    'through compose and for await': async (items, stage) => {
      const out: O[] = [];
      for await (const item of compose(items, stage)) out.push(item);
      return out;
    },
  };
  if (kind !== 'other') Object.assign(all, streamWays<I, O>());
  if (sync) all['through pull'] = (items, stage) => [...pull(items, stage as Stage<I, O>)];
  return Object.entries(all);
}

const streamWays = <I, O>(): Record<string, Way<I, O>> => ({
  'through pipe()': (items, stage) => {
    const sink = toArray<O>();
    const stream = stage as unknown as Duplex;
    // pipe() does not forward errors.
    stream.on('error', (error) => sink.destroy(error));
    Readable.from(items).pipe(stream).pipe(sink);
    return sink.result();
  },
  'through pipeline as a stream that is listened to': (items, stage) => {
    (stage as unknown as Duplex).on('error', () => {});
    return pipeline([items, stage, toArray()]) as Promise<O[]>;
  },
});
