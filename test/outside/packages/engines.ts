import { Transform } from 'node:stream';
import { map } from '../../../lib/operators/map.js';
import { take } from '../../../lib/operators/take.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { nodeRun } from '../../helpers/node-run.js';
import { failure } from './failure.js';

/** A pipeline, and stages as its users write them. */
export interface Engine {
  readonly run: (parts: readonly unknown[], signal: AbortSignal) => Promise<unknown>;
  readonly takeTwo: () => unknown;
  readonly failingStage: () => unknown;
  readonly failingTransform: () => unknown;
}

const failingTransform = () =>
  new Transform({
    objectMode: true,
    transform: (_chunk, _encoding, callback) => callback(failure),
  });

export const node: Engine = {
  run: (parts, signal) => nodeRun(parts, { signal }),
  takeTwo: () =>
    async function* (items: AsyncIterable<unknown>) {
      let taken = 0;
      for await (const item of items) {
        yield item;
        taken += 1;
        if (taken === 2) return;
      }
    },
  failingStage: () =>
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give.
    async function* (items: AsyncIterable<unknown>) {
      for await (const _ of items) throw failure;
    },
  failingTransform,
};

const runAny = pipeline as (...args: unknown[]) => Promise<unknown>;

export const ours: Engine = {
  // One that hangs is counted; it need not be told of as well.
  run: (parts, signal) => runAny(...parts, { signal, onStall: () => {} }),
  takeTwo: () => take(2),
  failingStage: () =>
    map(() => {
      throw failure;
    }),
  failingTransform,
};
