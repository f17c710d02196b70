import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform, Writable } from 'node:stream';
import { listening } from '../../helpers/listening.js';
import { openFiles } from '../../helpers/open-files.js';
import { destroyNow } from './destroy-now.js';
import type { Engine } from './engines.js';
import { failure, reason } from './failure.js';
import { feedInto, rows } from './feeds.js';
import { split2, through2 } from './foreign.js';
import { settles, ticks } from './settles.js';

/** Ten lines as users write them, run with Node's pipeline and with ours. */
export interface Script {
  readonly title: string;
  /** Answers what came of it, in words. */
  readonly run: (engine: Engine) => Promise<string>;
  /** What is to come of it with us. Default: what comes of it with Node. */
  readonly meant?: string;
}

const never = () => new AbortController().signal;
const sink = () => new Writable({ objectMode: true, write: (_item, _encoding, done) => done() });
const failing = () =>
  new Writable({
    objectMode: true,
    highWaterMark: 1,
    write: (_item, _encoding, done) => done(failure),
  });
const slow = () =>
  new Writable({
    objectMode: true,
    highWaterMark: 1,
    write: (_item, _encoding, done) => setImmediate(done),
  });

/** A signal that aborts when everything is under way. */
function soon(): AbortSignal {
  const controller = new AbortController();
  void ticks(3).then(() => controller.abort(reason));
  return controller.signal;
}

/** The ends of a run behind some streams. */
const ends: readonly {
  readonly title: string;
  readonly parts: (engine: Engine) => readonly unknown[];
  readonly signal?: () => AbortSignal;
  readonly meant: string;
}[] = [
  { title: 'an early end', parts: (engine) => [engine.takeTwo(), sink()], meant: 'resolved' },
  {
    title: 'a failing Transform',
    parts: (engine) => [engine.failingTransform(), sink()],
    meant: 'the failure',
  },
  { title: 'a failing sink', parts: () => [failing()], meant: 'the failure' },
  { title: 'a signal', parts: () => [slow()], signal: soon, meant: 'the abort' },
];

const splitters = [
  ...['2', '3', '4'].map((version) => ({ name: `through2 ${version}`, make: through2(version) })),
  ...['3', '4'].map((version) => ({ name: `split2 ${version}`, make: split2(version) })),
];

/** Old transforms between something that has to be closed and a run that ends before it. */
const behindFiles: readonly Script[] = splitters.flatMap(({ name, make }) =>
  ends.map(({ title, parts, signal, meant }) => ({
    title: `${name} behind a file: ${title}`,
    meant: `${meant}, 0 descriptors`,
    run: async (engine) => {
      const folder = mkdtempSync(join(tmpdir(), 'sluice-'));
      const path = join(folder, 'lines.txt');
      writeFileSync(path, 'a line\n'.repeat(200_000));
      const file = createReadStream(path);
      const how = await settles(
        engine.run([file, make(), ...parts(engine)], signal?.() ?? never()),
      );
      await ticks(1);
      const open = await openFiles(path);
      destroyNow(file);
      rmSync(folder, { recursive: true });
      return `${how}, ${open} descriptors`;
    },
  })),
);

const behindSockets: readonly Script[] = splitters.flatMap(({ name, make }) =>
  ends.map(({ title, parts, signal, meant }) => ({
    title: `${name} behind a socket: ${title}`,
    meant: `${meant}, closed`,
    run: async (engine) => {
      const server = createServer((far) => {
        far.on('error', () => {});
        feedInto(far, rows.long());
      });
      const socket = connect(await listening(server), '127.0.0.1');
      const how = await settles(
        engine.run([socket, make(), ...parts(engine)], signal?.() ?? never()),
      );
      await ticks(1);
      const isClosed = socket.destroyed;
      destroyNow(socket);
      server.close();
      return `${how}, ${isClosed ? 'closed' : 'open'}`;
    },
  })),
);

/** A source that gives two items and then waits for something that never comes. */
async function* stuck() {
  yield 1;
  yield 2;
  await new Promise(() => {});
}

const behindGenerators: readonly Script[] = ends.map(({ title, parts, signal, meant }) => ({
  title: `Readable.from(a generator that waits): ${title}`,
  meant: `${meant}, destroyed`,
  run: async (engine) => {
    const source = Readable.from(stuck());
    const how = await settles(engine.run([source, ...parts(engine)], signal?.() ?? never()));
    return `${how}, ${source.destroyed ? 'destroyed' : 'open'}`;
  },
}));

/** A Readable that counts how often it is asked. */
function counting(asked: () => void): Readable {
  return new Readable({
    objectMode: true,
    highWaterMark: 1,
    read() {
      asked();
      this.push(1);
    },
  });
}

const beforeReturn: readonly Script[] = [
  { what: 'a Writable', rest: () => [failing()] },
  {
    what: 'a Transform and a Writable',
    rest: () => [
      new Transform({ objectMode: true, transform: (_i, _e, done) => done(failure) }),
      sink(),
    ],
  },
].map(({ what, rest }) => ({
  title: `nothing is read before pipeline() has returned: into ${what}`,
  run: async (engine) => {
    let isBack = false;
    let early = 0;
    const source = counting(() => {
      if (!isBack) early += 1;
    });
    const run = engine.run([source, ...rest()], never());
    isBack = true;
    await settles(run);
    return `${early} read before`;
  },
}));

function* numbers(asked: () => void) {
  for (;;) {
    asked();
    yield 1;
  }
}

const neverAsked: readonly Script[] = [
  { what: 'a Readable', make: counting },
  { what: 'a generator', make: numbers },
  {
    what: 'an async generator function',
    make: (asked: () => void) => () => Readable.from(numbers(asked)),
  },
].map(({ what, make }) => ({
  title: `nothing is read of ${what} if an async function never asks`,
  meant: 'resolved, 0 read',
  run: async (engine) => {
    let read = 0;
    const source = make(() => {
      read += 1;
    });
    const how = await settles(engine.run([source, () => ticks(1)], never()));
    return `${how}, ${read} read`;
  },
}));

const lastGenerators: readonly Script[] = [
  { title: 'nothing', count: 0 },
  { title: 'a few', count: 3 },
  { title: 'many', count: 100, meant: 'resolved, 100 read' },
].map(({ title, count, ...rest }) => ({
  ...rest,
  title: `an async generator function as the last part, yielding ${title}`,
  run: async (engine) => {
    let read = 0;
    const last = async function* (items: AsyncIterable<number>) {
      for await (const item of items) {
        read += 1;
        if (item < count) yield item;
      }
    };
    const source = Readable.from(Array.from({ length: 100 }, (_, item) => item));
    return `${await settles(engine.run([source, last], never()))}, ${read} read`;
  },
}));

export const scripts: readonly Script[] = [
  ...behindFiles,
  ...behindSockets,
  ...behindGenerators,
  ...beforeReturn,
  ...neverAsked,
  ...lastGenerators,
];
