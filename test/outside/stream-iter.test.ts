import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { ending } from '../helpers/command.js';

const FLAG = '--experimental-stream-iter';
const library = new URL('../../lib/index.js', import.meta.url).href;

/** What every program here begins with: Node's module, this package, and what a run fails with. */
const HEAD = `
import * as iter from 'node:stream/iter';
import { Writable } from 'node:stream';
import { compose, drain, formatNdjson, from, lines, map, pipeline, range, take, toArray } from '${library}';
const failure = (run) => run.then(() => 'no failure', ({ code, message, cause }) => [code, message, cause?.message]);
const textOf = (items) => items.map((item) => Buffer.from(item).toString());
const say = (value) => console.log(JSON.stringify(value));
const turn = () => new Promise((resolve) => setImmediate(resolve));
`;

/** Runs a program with the module on, and returns what it has said. An unhandled rejection fails it. */
async function said(body: string): Promise<unknown> {
  const flags = [FLAG, '--disable-warning=ExperimentalWarning', '--input-type=module'];
  const program = spawn(process.execPath, [...flags, '--eval', HEAD + body], { stdio: 'pipe' });
  const { stdout, stderr, code } = await ending(program);
  expect({ stderr, code }).to.deep.equal({ stderr: '', code: 0 });
  return JSON.parse(stdout) as unknown;
}

// Only some versions of Node have it.
if (process.allowedNodeEnvironmentFlags.has(FLAG))
  describe("Node's stream/iter", () => {
    it('gives chunks, not batches, to a pipeline, from its readables of all kinds', async () => {
      const items = await said(`
      const { writer, readable } = iter.push();
      const written = (async () => {
        await writer.writev(['a\\nb', '\\nc']);
        await writer.end();
      })();
      const all = [
        await pipeline(readable, lines(), toArray()),
        textOf(await pipeline(iter.pull(iter.from(['x', 'y']), iter.tap(() => {})), toArray())),
        textOf(await pipeline(iter.share(iter.from('shared')).pull(), toArray())),
        textOf(await pipeline(iter.fromSync(['u', 'v']), toArray())),
        textOf(await pipeline(compose(iter.pull(iter.from('composed')), map((x) => x)), toArray())),
      ];
      await written;
      say(all);
    `);
      expect(items).to.deep.equal([
        ['a', 'b', 'c'],
        ['x', 'y'],
        ['shared'],
        ['u', 'v'],
        ['composed'],
      ]);
    });

    it('is read and written by its recipe in the cookbook', async () => {
      const file = resolve('docs/cookbook/filter-stream-iter.mjs');
      // In dist, so that `import 'sluice'` is this very package.
      const copy = resolve('dist/filter-stream-iter.mjs');
      cpSync(file, copy);
      const flags = [FLAG, '--disable-warning=ExperimentalWarning'];
      const program = spawn(process.execPath, [...flags, copy], { cwd: 'docs/cookbook' });
      const { stdout, stderr, code } = await ending(program);
      const expected = readFileSync(file.replace('.mjs', '.expected.txt'), 'utf8');
      expect({ stdout, stderr, code }).to.deep.equal({ stdout: expected, stderr: '', code: 0 });
    });

    it('gives what an object says that it becomes', async () => {
      const items = await said(`
      const later = { [Symbol.for('Stream.toAsyncStreamable')]: async () => iter.from('later') };
      const now = { [Symbol.for('Stream.toStreamable')]: () => ['n', Buffer.from('ow')] };
      const wrong = { [Symbol.for('Stream.toStreamable')]: () => 5 };
      say([
        textOf(await pipeline(later, toArray())),
        textOf(await pipeline(now, toArray())),
        await failure(pipeline(wrong, toArray())),
      ]);
    `);
      expect(items).to.deep.equal([
        ['later'],
        ['n', 'ow'],
        [
          'ERR_SLUICE_STAGE',
          'from (stage 0) failed on item 0: expected chunks of bytes or text to read, got number',
          'expected chunks of bytes or text to read, got number',
        ],
      ]);
    });

    it('leaves arrays of bytes that a user gives what they are', async () => {
      const items = await said(`
      async function* batches() {
        yield [Buffer.from('a'), Buffer.from('b')];
      }
      say((await pipeline(batches(), toArray())).map((batch) => batch.length));
    `);
      expect(items).to.deep.equal([2]);
    });

    it('is closed when a pipeline has enough, and fails it with its own error', async () => {
      const items = await said(`
      let closed = false;
      async function* endless() {
        try {
          for (;;) yield 'x';
        } finally {
          closed = true;
        }
      }
      const some = await pipeline(iter.pull(iter.from(endless())), take(2), toArray());
      const { writer, readable } = iter.push();
      writer.fail(new Error('mine'));
      say([some.length, closed, await failure(pipeline(readable, drain()))]);
    `);
      const [some, closed, [, message] = []] = items as [number, boolean, string[]];
      expect([some, closed]).to.deep.equal([2, true]);
      expect(message).to.include('mine');
    });

    it('takes bytes and text by a writer, which is ended, at the pace of its reader', async () => {
      const items = await said(`
      const { writer, readable } = iter.push();
      let made = 0;
      const chunks = map((n) => ((made = n + 1), 'x'.repeat(1000)));
      const run = pipeline(range(0, 1000), chunks, writer);
      for (let at = 0; at < 50; at++) await turn();
      const before = made;
      const read = await iter.text(readable);
      await run;
      say([before < 300, read.length, made]);
    `);
      expect(items).to.deep.equal([true, 1_000_000, 1000]);
    });

    it('takes what formatters and composed sinks write, also into a Node stream of its own', async () => {
      const items = await said(`
      const seen = [];
      const write = (chunk, _, done) => (seen.push(chunk.toString()), done());
      const sink = compose(formatNdjson(), iter.fromWritable(new Writable({ write })));
      await pipeline([{ a: 1 }, { a: 2 }], sink);
      const open = iter.push();
      await pipeline(['left '], open.writer, { end: false });
      const [text] = await Promise.all([
        iter.text(open.readable),
        pipeline(['open'], open.writer),
      ]);
      say([seen.join(''), text]);
    `);
      expect(items).to.deep.equal(['{"a":1}\n{"a":2}\n', 'left open']);
    });

    it('is failed by a pipeline that fails, and fails one whose reader has gone', async () => {
      const items = await said(`
      const broken = iter.push();
      const fails = map(() => { throw new Error('mine'); });
      const [run, read] = await Promise.all([
        failure(pipeline(['a'], fails, broken.writer)),
        failure(iter.text(broken.readable)),
      ]);
      const { writer, readable } = iter.push();
      const gone = failure(pipeline(from(function* () { for (;;) yield 'x'; }), writer));
      for await (const _ of readable) break;
      say([run, read, await gone]);
    `);
      const [run, read, gone] = items as string[][];
      expect(run?.[2]).to.equal('mine');
      expect(read?.[2]).to.equal('mine');
      expect(gone?.[0]).to.equal('ERR_INVALID_STATE');
    });

    it('gets no object by a writer: the run fails and says what to do', async () => {
      const items = await said(`
      const { writer, readable } = iter.push();
      const [run] = await Promise.all([
        failure(pipeline(['a', { b: 1 }], writer)),
        failure(iter.text(readable)),
      ]);
      say(run);
    `);
      const [code, message] = items as string[];
      expect(code).to.equal('ERR_SLUICE_STAGE');
      expect(message).to.include(
        'writer (stage 1) failed: a writer takes bytes (a Uint8Array) or text, got object',
      );
    });

    it('reads our sources and stages of bytes and text, and refuses those of objects', async () => {
      const items = await said(`
      let closed = false;
      function* endless() {
        try {
          for (;;) yield 'x'.repeat(1000);
        } finally {
          closed = true;
        }
      }
      for await (const batch of iter.from(from(endless()))) break;
      while (!closed) await turn();
      say([
        await iter.text(iter.from(compose(range(0, 3), map(String)))),
        await iter.text(iter.from(compose(range(0, 2), formatNdjson()))),
        await failure(iter.text(iter.from(from([{ a: 1 }])))),
      ]);
    `);
      const [text, bytes, [code] = []] = items as [string, string, string[]];
      expect([text, bytes]).to.deep.equal(['012', '0\n1\n']);
      expect(code).to.equal('ERR_INVALID_ARG_TYPE');
    });
  });
