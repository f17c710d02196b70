import { expect } from 'chai';
import fc from 'fast-check';
import { formatJson } from '../../lib/formats/format-json.js';
import { type ParseJsonOptions, parseJson } from '../../lib/formats/parse-json.js';
import { ParseError } from '../../lib/formats/text/parse-error.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { anyLengths, split } from '../helpers/splits.js';

const read = (text: string, options: ParseJsonOptions = {}): Promise<unknown[]> =>
  pipeline([text], parseJson(options), toArray());

async function failureOf(chunks: Iterable<string | Uint8Array>, options: ParseJsonOptions = {}) {
  const seen: unknown[] = [];
  const sink = forEach((item) => void seen.push(item));
  const { cause } = await stageFailure(pipeline(chunks, parseJson(options), sink));
  if (!(cause instanceof ParseError)) throw cause;
  return { seen, cause };
}

const item = fc.jsonValue().filter((value) => value !== null);
const space = fc.array(fc.constantFrom(' ', '\n', '\t', '\r')).map((all) => all.join(''));

describe('parseJson', () => {
  stageGives(
    'parseJson() emits the elements of an array',
    ['\ufeff[1, {"a":', ' [2, "]\\"}"]} ,"x"\n,true', ',-1e3]'],
    () => parseJson(),
    [1, { a: [2, ']"}'] }, 'x', true, -1000],
  );

  stageGives('parseJson() emits nothing for empty input', ['', ' \n'], () => parseJson(), []);

  stageGives(
    'parseJson() takes one document after another, and what is no array for an item',
    ['{"a":1}{"a":2}\n3 "x"[4,5]6'],
    () => parseJson(),
    [{ a: 1 }, { a: 2 }, 3, 'x', 4, 5, 6],
  );

  it('parseJson() gives what JSON.parse gives, however it is written and the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item), space, anyLengths, async (items, gap, lengths) => {
        const texts = items.map((value) => gap + JSON.stringify(value, null, gap) + gap);
        const bytes = Buffer.from(`${gap}[${gap}${texts.join(',')}]${gap}`);
        const back = await pipeline(split(bytes, lengths), parseJson(), toArray());
        expect(back).to.deep.equal(items.map((value) => JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 200 },
    );
  });

  it('parseJson() gives back what formatJson() wrote', async () => {
    for (const items of [[], [1], [{ a: [] }, 'x', false]]) {
      const chunks = await pipeline(items, formatJson(), toArray());
      expect(JSON.parse(chunks.join(''))).to.deep.equal(items);
      expect(await pipeline(chunks, parseJson(), toArray())).to.deep.equal(items);
    }
  });

  const paths: Record<string, [string, unknown[]]> = {
    a: ['{"b":[9],"a":[1,[2]]}', [1, [2]]],
    'a.b': ['{"a":{"x":"}","b":{"c":1}},"b":2}', [{ c: 1 }]],
    'a.*.b': ['{"a":[{"b":[1,2]},{"c":3},{"b":4}]}', [1, 2, 4]],
    'a.1': ['{"a":[[1],[2,3]]}', [2, 3]],
    '*': ['{"x":[1],"y":2}', [1, 2]],
    'é"': ['{"é\\"":[1]}', [1]],
  };
  for (const [path, [text, expected]] of Object.entries(paths)) {
    it(`parseJson({ path: '${path}' }) emits what is there, however the bytes are split`, async () => {
      for (const lengths of [[1], [3, 2], [1000]]) {
        const chunks = split(Buffer.from(text), lengths);
        expect(await pipeline(chunks, parseJson({ path }), toArray())).to.deep.equal(expected);
      }
    });
  }

  it('parseJson({ path }) fails when there is no such path', async () => {
    const { cause } = await failureOf(['{"a":{"b":1}}'], { path: 'a.c' });
    expect(cause.message).to.match(/there is no a\.c in the input$/);
    expect(await read('', { path: 'a.c' })).to.deep.equal([]);
    expect(await read('{"a":[]}', { path: 'a' })).to.deep.equal([]);
  });

  const faults: Record<string, [string, unknown[], Partial<ParseError>, RegExp]> = {
    'an item that is no JSON': [
      '[1,\n "é😀",\n tru ]',
      [1, 'é😀'],
      { line: 3, column: 2, byte: 16 },
      /expected a value, found `t`$/,
    ],
    'two commas': ['[1,,2]', [1], { line: 1, column: 4, byte: 3 }, /a value, found `,`$/],
    'another bracket': ['[1}', [1], { line: 1, column: 3, byte: 2 }, /expected '\]', found `}`$/],
    'an array that never ends': ['[1', [1], { line: 1, column: 3, byte: 2 }, /found the end$/],
    'an item that never ends': ['[1,{"a":', [1], { line: 1, column: 9, byte: 8 }, /found the end/],
    'a document that is none': ['[1] x', [1], { line: 1, column: 5, byte: 4 }, /found `x`/],
    'an item that is null': ['[1,\n null]', [1], { line: 2, column: 2, byte: 5 }, /null cannot be/],
  };
  for (const [title, [text, expected, place, message]] of Object.entries(faults)) {
    it(`parseJson() emits the items before it, then fails with where it is: ${title}`, async () => {
      for (const lengths of [[1], [1000]]) {
        const { seen, cause } = await failureOf(split(Buffer.from(text), lengths));
        expect(seen).to.deep.equal(expected);
        expect(cause).to.include({ code: 'ERR_SLUICE_PARSE', ...place });
        expect(cause.message).to.match(message);
      }
    });
  }

  it('parseJson({ path }) names what is wrong around the items', async () => {
    for (const [text, message] of [
      ['{"a" 1}', /expected ':', found `1`$/],
      ['{a:1}', /expected an object key, found `a`$/],
      ['{"a":[],}', /unexpected token '}'$/],
      ['{"b":[1', /expected ',', found the end$/],
    ] as const) {
      expect((await failureOf([text], { path: 'a' })).cause.message).to.match(message);
    }
  });

  it('parseJson() fails on invalid UTF-8, and says where', async () => {
    const bytes = Buffer.concat([Buffer.from('[1,\n"é'), Buffer.of(0xff), Buffer.from('"]')]);
    const { seen, cause } = await failureOf([bytes]);
    expect(seen).to.deep.equal([1]);
    expect(cause).to.include({ line: 2, column: 3, byte: 7 });
  });

  it('parseJson({ invalidUtf8: "replace" }) puts U+FFFD for what is invalid, however the bytes are split', async () => {
    const bytes = Buffer.from('["a\xff","\xe2\x82",1]', 'latin1');
    for (const length of [1, 3, 100]) {
      const stage = parseJson({ invalidUtf8: 'replace' });
      const items = await pipeline(split(bytes, [length]), stage, toArray());
      expect(items).to.deep.equal(['a\ufffd', '\ufffd', 1]);
    }
  });

  it('parseJson({ maxItemBytes }) fails on an item that goes on for longer behind the piece it begins in', async () => {
    const chunks = ['[1,"aaa', 'aaaa', 'a', 'a', 'a"]'];
    const { seen, cause } = await failureOf(chunks, { maxItemBytes: 5 });
    expect(seen).to.deep.equal([1]);
    expect(cause).to.include({ line: 1, column: 14, byte: 13 });
    expect(cause.message).to.match(/longer than maxItemBytes, 5$/);
    const whole = await pipeline(chunks, parseJson({ maxItemBytes: 6 }), toArray());
    expect(whole).to.deep.equal([1, 'aaaaaaaaaa']);
  });

  it('parseJson() skips what is not on the path, however long it is', async () => {
    const text = `{"a":[${'"x",'.repeat(50_000)}1],"b":[2]}`;
    expect(await read(text, { path: 'b', maxItemBytes: 10 })).to.deep.equal([2]);
  });

  it("parseJson({ onError: 'skip' }) drops items that are null, and a function answers in their place", async () => {
    const text = '[1, null, {"a": null}, null, 2]';
    expect(await read(text, { onError: 'skip' })).to.deep.equal([1, { a: null }, 2]);
    const onError = async (error: unknown, input: string) => [input, (error as ParseError).column];
    const expected = [1, ['null', 5], { a: null }, ['null', 24], 2];
    expect(await read(text, { onError })).to.deep.equal(expected);
  });

  it('parseJson({ onError }) never gets over a document that is no JSON', async () => {
    const { seen, cause } = await failureOf(['[1, nul, 2]'], { onError: 'skip' });
    expect(seen).to.deep.equal([1]);
    expect(cause).to.include({ line: 1, column: 5, byte: 4 });
  });

  refuses(
    'parseJson refuses a path with an empty name',
    () => parseJson({ path: 'a..b' }),
    'path must be',
  );
  refuses(
    'parseJson refuses maxItemBytes of 0',
    () => parseJson({ maxItemBytes: 0 }),
    'maxItemBytes',
  );
});
