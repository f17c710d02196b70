import { readFileSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { drain, forEach, map, pipeline, take, toArray } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('failed on purpose');
const numbers = () => Readable.from([1, 2, 3]);
const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;
const anyNodePipeline = nodePipeline as (...parts: unknown[]) => Promise<unknown>;
const into = () => new Writable({ objectMode: true, write: (_item, _encoding, done) => done() });

/** Each row of the table in docs/coming-from.md, by its first cell. */
const rows: Record<string, () => Promise<void>> = {
  'an early end, by `take` or a `break`': async () => {
    const source = numbers();
    expect(await pipeline(source, take(1), toArray())).to.deep.equal([1]);
    expect(source.closed).to.equal(true);
    const through = new PassThrough({ objectMode: true });
    const theirs = rejection(nodePipeline(numbers(), through, into()));
    through.destroy();
    expect(await theirs).to.have.property('code', 'ERR_STREAM_PREMATURE_CLOSE');
  },
  'an error in a callback': async () => {
    const fails = () => {
      throw cause;
    };
    const error = await rejection(pipeline(numbers(), map(fails), drain()));
    expect(error).to.include({ name: 'StageError', cause, index: 0 });
    const bare = async function* (items: AsyncIterable<unknown>) {
      for await (const _ of items) yield fails();
    };
    expect(await rejection(anyNodePipeline(numbers(), bare, into()))).to.equal(cause);
  },
  'a stage or sink that was closed before': async () => {
    const closed = new PassThrough({ objectMode: true });
    closed.destroy();
    const run = pipeline(numbers(), closed, drain());
    expect(await rejection(run)).to.have.property('code', 'ERR_SLUICE_CLOSED');
    const broken = into();
    broken.destroy(cause);
    expect(await rejection(pipeline(numbers(), broken))).to.equal(cause);
  },
  'bytes that wait while a stage works': async () => {
    const source = new Readable({ read() {} });
    for (const text of ['a', 'b', 'c']) source.push(text);
    source.push(null);
    await turn();
    const got: string[] = [];
    await pipeline(
      source,
      forEach((chunk) => void got.push(`${chunk}`)),
    );
    // From version 26 on, `read` of Node gives them one by one.
    const isJoined = Number.parseInt(process.versions.node, 10) < 26;
    expect(got).to.deep.equal(isJoined ? ['abc'] : ['a', 'b', 'c']);
  },
  '`null` as an item': async () => {
    const run = pipeline([1, null, 2], drain());
    expect((await rejection(run)) as { cause?: unknown })
      .to.have.property('cause')
      .that.has.property('code', 'ERR_SLUICE_NULL_ITEM');
  },
  'a string as the source': async () => {
    const error = await rejection(anyPipeline('text', drain()));
    expect(error).to.have.property('code', 'ERR_SLUICE_ARGUMENT');
  },
  'a failing run over a `Readable.from` that waits for ever': async () => {
    const waits = Readable.from(
      (async function* () {
        yield 1;
        await new Promise(() => {});
      })(),
    );
    const sink = new Writable({ objectMode: true, write: (_item, _encoding, done) => done(cause) });
    expect(await rejection(pipeline(waits, sink))).to.equal(cause);
  },
  'what an async generator function at the end yields': async () => {
    const yields = async function* (items: AsyncIterable<unknown>) {
      for await (const _ of items) for (let x = 0; x < 50; x += 1) yield x;
    };
    expect(await anyPipeline(numbers(), yields)).to.equal(undefined);
  },
};

describe("what is meant to differ from Node's pipeline", () => {
  noUnhandled();

  it('is in the table of docs/coming-from.md', () => {
    const text = readFileSync('docs/coming-from.md', 'utf8');
    const [, table = ''] =
      /What is meant to be different:\n\n.*\n.*\n((?:\|.*\n)+)/.exec(text) ?? [];
    const first = table
      .trim()
      .split('\n')
      .map((row) => row.split(' | ')[0]?.slice(2));
    expect(first).to.deep.equal(Object.keys(rows));
  });

  for (const [row, check] of Object.entries(rows)) it(row, check);
});
