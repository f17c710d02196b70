import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  batch,
  compose,
  deadLetter,
  type FailedItem,
  filter,
  flatMap,
  forEach,
  formatNdjson,
  map,
  pipeline,
  pull,
  push,
  StageError,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { cause, even, noting } from '../helpers/letters.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('deadLetter', () => {
  noUnhandled();

  it('writes { item, error } for each item that fails, in order, and drops it', async () => {
    const records: FailedItem<number>[] = [];
    const onError = deadLetter(forEach((record: FailedItem<number>) => records.push(record)));
    expect(await pipeline([1, 2, 3], map(even, { onError }), toArray())).to.deep.equal([2]);
    expect(records.map(({ item }) => item)).to.deep.equal([1, 3]);
    const [, { error } = expect.fail()] = records;
    expect(error).to.be.instanceOf(StageError).and.include({ cause, index: 2, item: 3 });
    expect(error.stage).to.deep.equal({ name: 'map(even)', position: 1 });
  });

  it('writes to any sink: a stream, stages before a sink, an async function', async () => {
    const texts: string[] = [];
    const stream = new Writable({
      objectMode: true,
      write: (chunk, _encoding, done) => {
        texts.push(String(chunk.item ?? chunk));
        done();
      },
    });
    await pipeline([1, 2], map(even, { onError: deadLetter(stream) }), toArray());
    expect([texts, stream.closed]).to.deep.equal([['1'], true]);

    const written: unknown[] = [];
    const bytes = new Writable({
      write: (chunk, _encoding, done) => {
        written.push(chunk);
        done();
      },
    });
    const composed = compose(
      map(({ item, error }: FailedItem<number>) => ({ item, error })),
      formatNdjson(),
      bytes,
    );
    await pipeline([1, 2], map(even, { onError: deadLetter(composed) }), toArray());
    expect(JSON.parse(written.join(''))).to.deep.equal({
      item: 1,
      error: {
        name: 'StageError',
        code: 'ERR_SLUICE_STAGE',
        message: 'map(even) (stage 1) failed on item 0: odd',
        stage: { name: 'map(even)', position: 1 },
        index: 0,
      },
    });

    const read: unknown[] = [];
    const reader = async (records: AsyncIterable<FailedItem<number>>) => {
      for await (const { item } of records) read.push(item);
      await turn();
      read.push('end');
    };
    await pipeline([1, 2], map(even, { onError: deadLetter(reader) }), toArray());
    expect(read).to.deep.equal([1, 'end']);
  });

  it('has its stage wait while it lies buffer records behind', async () => {
    for (const buffer of [1, 3]) {
      const counted = new Counted();
      let release = (): void => {};
      const { items, sink } = noting(() => new Promise<void>((resolve) => (release = resolve)));
      const refusing = map(
        () => {
          throw cause;
        },
        { onError: deadLetter(sink, { buffer }) },
      );
      const controller = new AbortController();
      const run = pipeline(counted.items(), refusing, toArray(), { signal: controller.signal });
      run.catch(() => {});
      // One in the sink's hands, `buffer` waiting for it.
      expect(await quiet(() => counted.asked)).to.equal(buffer + 1);
      release();
      expect(await quiet(() => counted.asked)).to.equal(buffer + 2);
      expect(items).to.deep.equal([0, 1]);
      controller.abort();
      await rejection(run);
    }
  });

  it('serves several stages of one run, and ends with the last', async () => {
    for (const how of ['fused', "Node's pipeline"]) {
      const { items, sink } = noting(() => turn());
      const onError = deadLetter(sink);
      const stages = [
        map(even, { onError }),
        filter(
          (x: number) => {
            if (x === 4) throw cause;
            return true;
          },
          { onError },
        ),
        flatMap((x: number) => [even(x / 2)], { onError }),
      ] as const;
      const all = toArray<number>();
      if (how === 'fused') {
        expect(await pipeline([1, 2, 4, 8, 3], ...stages, all)).to.deep.equal([4]);
      } else {
        await nodeRun([[1, 2, 4, 8, 3], ...stages, all]);
        expect(await all.result()).to.deep.equal([4]);
      }
      expect([...items].sort()).to.deep.equal([1, 2, 3, 4]);
    }
  });

  it('answers a send with undefined once its record is taken', async () => {
    let release = (): void => {};
    const { items, sink } = noting(() => new Promise<void>((resolve) => (release = resolve)));
    const producer = push(map(even, { onError: deadLetter(sink) }), (x) => `got ${x}`);
    const answers: unknown[] = [];
    const bad = producer.send(1).then((answer) => answers.push('bad', answer));
    const good = producer.send(2).then((answer) => answers.push('good', answer));
    await good;
    await quiet(() => items.length);
    expect(answers).to.deep.equal(['good', 'got 2']);
    release();
    await bad;
    expect(answers).to.deep.equal(['good', 'got 2', 'bad', undefined]);
    await producer.close();
  });

  it('of a sink answers a send in the same way, and the end of a batch before it', async () => {
    const { items, sink } = noting(() => turn());
    const consumer = forEach((pair: number[]) => even(pair.length), { onError: deadLetter(sink) });
    const producer = push(batch<number>(3), consumer);
    const sends = [1, 2, 3, 4].map((x) => producer.send(x));
    await producer.close();
    expect(await Promise.all(sends)).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(items).to.deep.equal([[1, 2, 3], [4]]);
  });

  it('rejects a send whose record is lost in a failure', async () => {
    const broken = new Error('disk full');
    const sink = forEach(() => Promise.reject(broken));
    const producer = push(map(even, { onError: deadLetter(sink) }), (x) => x);
    expect(await rejection(producer.send(1))).to.have.property('cause', broken);
    expect(await rejection(producer.close())).to.have.property('cause', broken);
  });

  it('can not be waited for in pull, which says so before it does anything', () => {
    const counted = new Counted();
    const { sink } = noting();
    const items = pull(counted.items(), map(even, { onError: deadLetter(sink) }));
    expect(() => items.next())
      .to.throw(StageError)
      .with.nested.property('cause.code', 'ERR_SLUICE_ASYNC');
    expect(counted.asked).to.equal(0);
  });

  it('knows the item of its stage', async () => {
    const onError = deadLetter<number>(forEach(({ item }) => void typed<number>()(item)));
    await pipeline([1], map(even, { onError }), toArray());
  });

  refuses(
    'deadLetter refuses what is no sink',
    () => deadLetter(map((x) => x) as never),
    'deadLetter: the first argument is a stage',
  );
  refuses(
    'deadLetter refuses a buffer of 0',
    () =>
      deadLetter(
        forEach(() => {}),
        { buffer: 0 },
      ),
    'deadLetter: buffer must be an integer from 1, got 0',
  );
});
