import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { NullItemError } from '../../lib/core/base/errors.js';
import { formatNdjson } from '../../lib/formats/format-ndjson.js';
import { parseNdjson } from '../../lib/formats/parse-ndjson.js';
import { ParseError } from '../../lib/formats/text/parse-error.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { anyLengths, split } from '../helpers/splits.js';

const item = fc.jsonValue().filter((value) => value !== null);

async function failureOf(
  chunks: Iterable<Uint8Array | string>,
  options = {},
): Promise<{ seen: unknown[]; cause: ParseError }> {
  const seen: unknown[] = [];
  const sink = forEach((value) => void seen.push(value));
  const { cause, stage } = await stageFailure(pipeline(chunks, parseNdjson(options), sink));
  if (!(cause instanceof ParseError)) throw cause;
  expect(stage).to.deep.equal({ name: 'parseNdjson', position: 1 });
  return { seen, cause };
}

describe('parseNdjson', () => {
  stageGives(
    'parseNdjson() emits the value of each line that is not blank',
    ['\ufeff{"a":1}\r\n\n', ' \t\r\n["b', '"]\n', '0\nfalse\n""\n  "last" '],
    () => parseNdjson(),
    [{ a: 1 }, ['b'], 0, false, '', 'last'],
  );

  stageGives('parseNdjson() emits nothing for empty input', ['', '\n\n'], () => parseNdjson(), []);

  it('parseNdjson() gives back what formatNdjson() wrote, however the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item), anyLengths, async (items, lengths) => {
        const bytes = Buffer.concat(await pipeline(items, formatNdjson(), toArray()));
        const back = await pipeline(split(bytes, lengths), parseNdjson(), toArray());
        expect(back).to.deep.equal(items.map((value) => JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 200 },
    );
  });

  it('parseNdjson() emits the values before a bad line, then fails with where it is', async () => {
    const { seen, cause } = await failureOf([
      '{"a":1}\n[2]\n\r\n {"é😀": nul}\n',
      '"not asked for"',
    ]);
    expect(seen).to.deep.equal([{ a: 1 }, [2]]);
    expect(cause).to.include({ code: 'ERR_SLUICE_PARSE', line: 4, column: 13, byte: 29 });
    expect(cause.message).to.equal(
      'line 4, column 13 (byte 29): expected `null`, found `}`, in ` {"é😀": nul}`',
    );
  });

  it('parseNdjson() names the same place however the bytes are split', async () => {
    const good = fc.oneof(fc.json(), fc.constant('')).filter((text) => text !== 'null');
    await fc.assert(
      fc.asyncProperty(
        fc.array(good),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\ufeff'),
        anyLengths,
        async (before, end, mark, lengths) => {
          const start = mark + before.map((line) => line + end).join('');
          const bytes = Buffer.from(`${start}["é",,1]${end}1`);
          const { seen, cause } = await failureOf(split(bytes, lengths));
          const { line, column, byte } = cause;
          expect(seen.length).to.equal(before.filter((text) => text !== '').length);
          expect({ line, column, byte }).to.deep.equal({
            line: before.length + 1,
            column: 6,
            byte: Buffer.byteLength(start) + 6,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('parseNdjson() parses no line before it is asked for', async () => {
    const first = await pipeline(['1\n{bad}\n'], parseNdjson(), take(1), toArray());
    expect(first).to.deep.equal([1]);
  });

  it('parseNdjson() skips blank lines only, as JSON has it', async () => {
    const space = fc
      .array(fc.constantFrom(' ', '\t', '\r', '\v', '\u00a0', '\ufeff', '1'))
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(space), async (all) => {
        const texts = all
          .map((text) => text.replace(/\r$/, ''))
          .filter((text) => /[^ \t\r]/.test(text));
        const bad = texts.findIndex((text) => !/^[ \t\r]*1+[ \t\r]*$/.test(text));
        const good = (bad < 0 ? texts : texts.slice(0, bad)).map((text) => JSON.parse(text));
        const input = [`0\n${all.join('\n')}`];
        if (bad < 0)
          expect(await pipeline(input, parseNdjson(), toArray())).to.deep.equal([0, ...good]);
        else expect((await failureOf(input)).seen).to.deep.equal([0, ...good]);
      }),
    );
  });

  it('parseNdjson() shows at most 40 characters of a bad line, none of them invisible', async () => {
    const line = `"${'a'.repeat(100)}\t${'b'.repeat(100)}"`;
    const { cause } = await failureOf([line]);
    const [, shown = ''] = / in `(.*)`$/.exec(cause.message) ?? [];
    expect(cause.column).to.equal(102);
    expect(shown).to.equal(`${'a'.repeat(20)}\ufffd${'b'.repeat(19)}`);
  });

  it('parseNdjson() shows the last 40 characters of a long line that ends too soon', async () => {
    const { cause } = await failureOf([`["${'a'.repeat(100)}${'b'.repeat(40)}`]);
    expect(cause.message).to.match(/found the end, in `b{40}`$/);
  });

  it('parseNdjson() places an error behind invalid bytes that were replaced', async () => {
    const bytes = Buffer.concat([Buffer.of(0x22, 0xff, 0xe2, 0x82, 0x22), Buffer.from(' x')]);
    const { cause } = await failureOf([bytes], { invalidUtf8: 'replace' });
    expect(cause).to.include({ line: 1, column: 6, byte: 6 });
  });

  it('parseNdjson() fails on invalid UTF-8 in a JSON string', async () => {
    const { cause } = await failureOf([Buffer.of(0x31, 0x0a, 0x22, 0xff, 0x22)]);
    expect(cause).to.include({ line: 2, column: 2, byte: 3 });
  });

  it('parseNdjson() lets onError decide on each line of invalid UTF-8, which gets it with U+FFFD', async () => {
    const bytes = Buffer.from('1\n"\xff"\r\n\xc3\n2\n"\xe9', 'latin1');
    const onError = (error: unknown, input: string) => [input, (error as ParseError).byte];
    const items = await pipeline([bytes], parseNdjson<unknown>({ onError }), toArray());
    expect(items).to.deep.equal([1, ['"\ufffd"', 3], ['\ufffd', 7], 2, ['"\ufffd', 12]]);
    expect(await pipeline([bytes], parseNdjson({ onError: 'skip' }), toArray())).to.deep.equal([
      1, 2,
    ]);
  });

  it('parseNdjson() fails on a line that is null, and says where', async () => {
    const { seen, cause } = await failureOf(['1\n null\n2\n']);
    expect(seen).to.deep.equal([1]);
    expect(cause.message).to.equal(
      'line 2, column 2 (byte 3): null cannot be an item of a Node stream',
    );
    expect(cause.cause).to.be.instanceOf(NullItemError);
  });

  it('parseNdjson({ maxLineBytes }) fails on a longer line', async () => {
    const { seen, cause } = await failureOf(['12\n1234\n'], { maxLineBytes: 3 });
    expect(seen).to.deep.equal([12]);
    expect(cause).to.include({ line: 2, column: 1, byte: 3 });
  });

  it('parseNdjson({ name }) is what its errors call it', async () => {
    const run = pipeline(['{'], parseNdjson({ name: 'access.ndjson' }), toArray());
    expect((await stageFailure(run)).message).to.match(/^access\.ndjson \(stage 1\) failed/);
  });

  it('parseNdjson() fails as a stream between streams of Node with the same error', async () => {
    const input = new PassThrough();
    input.end('1\n{');
    const sink = toArray();
    const result = rejection(sink.result());
    const failure = await stageFailure(nodeRun([input, parseNdjson(), sink]));
    expect(failure.cause).to.deep.include({ line: 2, column: 2, byte: 3 });
    await result;
  });

  it('parseNdjson<T>() gives the type that the caller names', async () => {
    interface Row {
      readonly a: number;
    }
    const doubled = map((row: Row) => row.a * 2);
    expect(await pipeline(['{"a":4}'], parseNdjson<Row>(), doubled, toArray())).to.deep.equal([8]);
  });

  it('send() to parseNdjson() answers a piece of a line once the line has ended', async () => {
    const producer = push(parseNdjson<{ a: number }>(), ({ a }) => a + 1);
    const answers: unknown[] = [];
    const first = producer.send('{"a"').then((answer) => answers.push(answer));
    expect(await quiet(() => answers.length)).to.equal(0);
    expect(await producer.send(':1}\n')).to.equal(2);
    await first;
    expect(answers).to.deep.equal([2]);
    await producer.close();
  });

  refuses(
    'parseNdjson({ invalidUtf8: "skip" }) is refused at the call',
    () => parseNdjson({ invalidUtf8: 'skip' as never }),
    "parseNdjson: invalidUtf8 must be 'fail' or 'replace', got skip",
  );
});
