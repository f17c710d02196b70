import assert from 'node:assert/strict';
import { type Duplex, Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { nodeRun } from '../harness/node-run.js';
import { roomOf } from '../harness/part.js';
import type { Subject } from '../harness/stage-spec.js';

/** How many items to send: enough to fill buffers of a usual size several times. */
const LEAST = 64;
const MOST = 5000;

type Items<I> = Iterable<I> | AsyncIterable<I>;

class Reader extends Writable {
  readonly items: unknown[] = [];

  constructor(wait: (done: () => void) => void) {
    super({
      objectMode: true,
      highWaterMark: 1,
      write: (item, _, done) => {
        this.items.push(item);
        wait(done);
      },
    });
  }
}

const fast = () => new Reader((done) => done());
const slow = () => new Reader((done) => setImmediate(done));

/** Yields one item per turn, so that each passes the stage before the next one comes. */
async function* slowly<I>(items: readonly I[]): AsyncGenerator<I> {
  for (const item of items) {
    await turn();
    yield item;
  }
}

/** The output does not depend on the pace of the source or the reader. */
export function paceContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { kind, make, input, essence = (items) => items } = subject;

  const runs: Record<
    string,
    (items: Items<I>, stage: unknown, reader: Reader) => Promise<unknown>
  > = {
    pipeline: (items, stage, reader) => pipeline([items, stage, reader]),
    "Node's pipeline": (items, stage, reader) => nodeRun([items, stage, reader]),
  };
  if (kind !== 'other')
    runs['pipe()'] = (items, stage, reader) =>
      new Promise((resolve, reject) => {
        const stream = stage as Duplex;
        stream.on('error', reject);
        Readable.from(items).pipe(stream).pipe(reader).on('finish', resolve);
      });

  for (const [how, run] of Object.entries(runs)) {
    check(
      `gives a slow reader all that it gives one which waits for each item through ${how}`,
      async () => {
        const output = async (form: (items: readonly I[]) => Items<I>, reader: Reader) => {
          const stage = make();
          const length = Math.min(Math.max(LEAST, 3 * roomOf(stage)), MOST);
          const times = Math.ceil(length / input.length);
          await run(form(Array<readonly I[]>(times).fill(input).flat() as I[]), stage, reader);
          return essence(reader.items as O[]);
        };
        const expected = await output(slowly, fast());
        assert.deepEqual(await output((items) => items, slow()), expected);
      },
    );
  }
}
