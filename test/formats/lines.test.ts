import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatLines } from '../../lib/formats/format-lines.js';
import { type LinesOptions, lines } from '../../lib/formats/lines.js';
import { ParseError } from '../../lib/formats/text/parse-error.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { stageGives } from '../helpers/gives.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { slowLines } from '../helpers/slow-lines.js';
import { anyLengths, anyText, split } from '../helpers/splits.js';

const MIB = 1024 * 1024;

describe('lines', () => {
  stageGives(
    'lines() emits each line without its line end',
    ['one\ntw', 'o\r', '\n\nthree'],
    () => lines(),
    ['one', 'two', '', 'three'],
  );

  stageGives('lines() emits nothing for empty input', ['', ''], () => lines(), []);

  stageGives(
    'lines({ invalidUtf8: "replace" }) puts U+FFFD for what is invalid',
    [Buffer.of(0x61, 0xff), Buffer.of(0xe2, 0x82), Buffer.of(0x62, 0x0a)],
    () => lines({ invalidUtf8: 'replace' }),
    ['a\ufffd\ufffdb'],
  );

  it('lines() emits the same lines however the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyLengths, async (text, lengths) => {
        const bytes = Buffer.from(text);
        const expected = slowLines(bytes).lines;
        expect(await pipeline(split(bytes, lengths), lines(), toArray())).to.deep.equal(expected);
        expect([...pull(split(text, lengths), lines())]).to.deep.equal(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('lines() emits the lines before the bad one, then fails with where it is', async () => {
    const seen: string[] = [];
    const bytes = Buffer.concat([Buffer.from('a\nb\nc'), Buffer.of(0xff), Buffer.from('\nd\n')]);
    const sink = forEach((line: string) => void seen.push(line));
    const failure = await stageFailure(pipeline([bytes], lines(), sink));
    expect(seen).to.deep.equal(['a', 'b']);
    expect(failure.stage).to.deep.equal({ name: 'lines', position: 1 });
    expect(failure.cause)
      .to.be.instanceOf(ParseError)
      .that.deep.includes({ code: 'ERR_SLUICE_PARSE', line: 3, column: 2, byte: 5 });
  });

  it('lines() fails on a character that the end of the input cuts short', async () => {
    const run = pipeline(['a\n', Buffer.from('b€').subarray(0, 3)], lines(), toArray());
    expect((await stageFailure(run)).cause).to.deep.include({ line: 2, column: 2, byte: 3 });
  });

  const limits: [options: LinesOptions, mib: number][] = [
    [{}, 64],
    [{ maxLineBytes: MIB }, 1],
  ];
  for (const [options, mib] of limits) {
    it(`lines(${JSON.stringify(options)}) fails once a line is over ${mib} MiB, even if it never ends`, async () => {
      let asked = 0;
      let closed = false;
      const endless = function* () {
        try {
          for (;;) {
            asked += 1;
            yield Buffer.alloc(MIB / 4, 'x');
          }
        } finally {
          closed = true;
        }
      };
      const run = pipeline(endless, lines(options), toArray());
      const { cause } = await stageFailure(run);
      expect(cause).to.be.instanceOf(ParseError).that.includes({ line: 1, column: 1, byte: 0 });
      expect({ asked, closed }).to.deep.equal({ asked: mib * 4 + 1, closed: true });
    });
  }

  it('lines() emits a line as soon as its end has come, and no part of one', async () => {
    const input = new PassThrough();
    const seen: string[] = [];
    const run = pipeline(
      input,
      lines(),
      forEach((line: string) => void seen.push(line)),
    );
    input.write('one\ntw');
    expect(await quiet(() => seen.join())).to.equal('one');
    input.end('o');
    await run;
    expect(seen).to.deep.equal(['one', 'two']);
  });

  it('lines() reads no further than it is asked to', async () => {
    const chunks = function* () {
      yield Buffer.concat([Buffer.from('good\n'), Buffer.of(0xff, 0x0a)]);
      expect.fail('asked for more');
    };
    expect(await pipeline(chunks, lines(), take(1), toArray())).to.deep.equal(['good']);
  });

  it('lines() works as a stream between streams of Node', async () => {
    const input = new PassThrough();
    const sink = toArray<string>();
    input.end('a\nb');
    await nodeRun([input, lines(), sink]);
    expect(await sink.result()).to.deep.equal(['a', 'b']);
  });

  it('lines() fails on an item that is neither bytes nor text', async () => {
    const run = pipeline(['a\n', 5 as never], lines(), toArray());
    const failure = await stageFailure(run);
    expect(failure.index).to.equal(1);
    expect(failure.cause).to.be.instanceOf(TypeError);
  });

  it('send() to lines() answers a piece of a line once the line has ended', async () => {
    const producer = push(lines(), (line: string) => `got ${line}`);
    const answers: unknown[] = [];
    const first = producer.send('par').then((answer) => answers.push(answer));
    expect(await quiet(() => answers.length)).to.equal(0);
    expect(await producer.send('tial\n')).to.equal('got partial');
    await first;
    expect(answers).to.deep.equal(['got partial']);
    const last = producer.send('end');
    await producer.close();
    expect(await last).to.equal('got end');
  });

  it('lines() and formatLines() give 50 MB back byte for byte', async () => {
    const before = createHash('sha256');
    const after = createHash('sha256');
    const line = (n: number) =>
      `${n} ${'añ€😀'.repeat((n * 7_919) % 23)}${n % 3 === 0 ? '' : ' '}\n`;
    const chunks = function* () {
      const block = Buffer.from(Array.from({ length: 20_000 }, (_, n) => line(n)).join(''));
      for (let size = 0; size < 50e6; size += block.length) {
        before.update(block);
        yield* split(block, [50_021, 3, 100_003]);
      }
    };
    const sink = forEach((chunk: Buffer) => void after.update(chunk));
    await pipeline(chunks, lines(), formatLines(), sink);
    expect(after.digest('hex')).to.equal(before.digest('hex'));
  });

  refuses(
    'lines({ maxLineBytes: 0 }) is refused at the call',
    () => lines({ maxLineBytes: 0 }),
    'lines: maxLineBytes must be an integer from 1',
  );
});
