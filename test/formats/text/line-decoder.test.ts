import { expect } from 'chai';
import fc from 'fast-check';
import type { LineBlock } from '../../../lib/formats/text/line-block.js';
import { LineDecoder, type TextOptions } from '../../../lib/formats/text/line-decoder.js';
import { ParseError, type Place } from '../../../lib/formats/text/parse-error.js';
import { refuses } from '../../helpers/refuses.js';
import { type SlowLines, slowLines } from '../../helpers/slow-lines.js';
import { anyBytes, anyLengths, anyText, split } from '../../helpers/splits.js';

const RUNS = { numRuns: 500 };

interface Located {
  readonly text: string;
  readonly place: Place;
}

function* blocks(
  chunks: Iterable<Uint8Array | string>,
  options?: TextOptions,
): Generator<LineBlock> {
  const decoder = new LineDecoder('test', options);
  for (const chunk of chunks) yield* decoder.write(chunk);
  yield* decoder.end();
}

/** The lines, and where what is wrong after them stands. */
function decode(chunks: Iterable<Uint8Array | string>, options?: TextOptions): SlowLines {
  const lines: string[] = [];
  try {
    for (const block of blocks(chunks, options)) {
      if (block.fault) throw block.fault;
      lines.push(...block.lines);
    }
    return { lines };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { line, column, byte } = error;
    return { lines, error: { line, column, byte } };
  }
}

/** Every character of every line, with its place. */
function* characters(chunks: Iterable<Uint8Array | string>): Generator<Located> {
  for (const block of blocks(chunks, { invalidUtf8: 'replace' })) {
    for (const [index, line] of block.lines.entries()) {
      let unit = 0;
      for (const text of line) {
        yield { text, place: block.place(index, unit) };
        unit += text.length;
      }
    }
  }
}

describe('LineDecoder', () => {
  it('gives the same lines and errors however the bytes are split', () => {
    fc.assert(
      fc.property(anyBytes, anyLengths, (bytes, lengths) => {
        expect(decode(split(bytes, lengths))).to.deep.equal(slowLines(bytes));
      }),
      RUNS,
    );
  });

  it('gives the same lines however invalid bytes that are replaced are split', () => {
    fc.assert(
      fc.property(anyBytes, anyLengths, (bytes, lengths) => {
        const actual = decode(split(bytes, lengths), { invalidUtf8: 'replace' });
        expect(actual).to.deep.equal(slowLines(bytes, { replace: true }));
      }),
      RUNS,
    );
  });

  it('finds the same line too long however the bytes are split', () => {
    fc.assert(
      fc.property(anyBytes, anyLengths, fc.integer({ min: 1, max: 12 }), (bytes, lengths, max) => {
        const actual = decode(split(bytes, lengths), { maxLineBytes: max });
        expect(actual).to.deep.equal(slowLines(bytes, { max }));
      }),
      RUNS,
    );
  });

  it('gives the same lines however a text is split into strings, between surrogates too', () => {
    fc.assert(
      fc.property(anyText, anyLengths, (text, lengths) => {
        expect(decode(split(text, lengths))).to.deep.equal(slowLines(Buffer.from(text)));
      }),
      RUNS,
    );
  });

  it('gives the same lines from strings and bytes in turn', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const chunks = texts.map((text, at) => (at % 2 === 0 ? text : Buffer.from(text)));
        expect(decode(chunks)).to.deep.equal(slowLines(Buffer.from(texts.join(''))));
      }),
      RUNS,
    );
  });

  it('knows where every character of every line stands', () => {
    fc.assert(
      fc.property(anyBytes, anyLengths, (bytes, lengths) => {
        for (const { text, place } of characters(split(bytes, lengths))) {
          const before = bytes.subarray(0, place.byte);
          const start = before.lastIndexOf('\n') + 1;
          const mark = start === 0 && before.toString().startsWith('\ufeff') ? 1 : 0;
          expect(bytes.toString('utf8', place.byte).startsWith(text)).to.equal(true);
          expect(place.line).to.equal(before.toString('latin1').split('\n').length);
          expect(place.column).to.equal(before.toString('utf8', start).length - mark + 1);
        }
      }),
      RUNS,
    );
  });

  const examples: Record<string, [text: string, lines: string[]]> = {
    'empty input has no line': ['', []],
    'an empty line is a line': ['\n', ['']],
    'a last line needs no line end': ['a\nb', ['a', 'b']],
    'a line end at the end begins no line': ['a\nb\n', ['a', 'b']],
    '\\r\\n ends a line as \\n does': ['a\r\nb\nc\r\n', ['a', 'b', 'c']],
    'a \\r that no \\n follows is part of its line': ['a\rb\n\r\r\nc\r', ['a\rb', '\r', 'c\r']],
    'a byte order mark at the very start is dropped': ['\ufeffa\n', ['a']],
    'a byte order mark alone is empty input': ['\ufeff', []],
    'a byte order mark anywhere else is text': ['\ufeff\ufeffa\n\ufeffb', ['\ufeffa', '\ufeffb']],
    'U+2028 and the like end no line': ['a\u2028b\u0085c\n', ['a\u2028b\u0085c']],
  };
  for (const [title, [text, expected]] of Object.entries(examples)) {
    it(title, () => {
      expect(decode([text])).to.deep.equal({ lines: expected });
      expect(decode(split(Buffer.from(text), [1]))).to.deep.equal({ lines: expected });
    });
  }

  it('names the line that is too long, and where it begins', () => {
    expect(() => [...blocks(['12345\n1234567\n'], { maxLineBytes: 6 })]).to.throw(
      ParseError,
      /^line 2, column 1 \(byte 6\): the line is longer than maxLineBytes, 6$/,
    );
  });

  it('takes a line of exactly maxLineBytes, its line end not counted', () => {
    const text = 'éé\r\n1234\nabcd';
    for (const lengths of [[1], [100]]) {
      const lines = decode(split(Buffer.from(text), lengths), { maxLineBytes: 4 });
      expect(lines).to.deep.equal({ lines: ['éé', '1234', 'abcd'] });
    }
  });

  it('takes half a surrogate pair in a string for invalid, or replaces it', () => {
    const chunks = ['ab\ud83d', 'c\n\ude00\nx\ud83d'];
    expect(decode(chunks)).to.deep.equal({ lines: [], error: { line: 1, column: 3, byte: 2 } });
    expect(decode(chunks, { invalidUtf8: 'replace' })).to.deep.equal({
      lines: ['ab\ufffdc', '\ufffd', 'x\ufffd'],
    });
    expect(decode(['a\ud83d', Buffer.from('b')])).to.deep.equal({
      lines: [],
      error: { line: 1, column: 2, byte: 1 },
    });
  });

  it('gives the lines of a huge chunk, and one line over many of them', () => {
    const line = 'é'.repeat(70_000);
    const text = `${'short\r\n'.repeat(30_000)}${line}\n${'x\n'.repeat(100_000)}${line}`;
    const bytes = Buffer.from(text);
    const expected = text.split(/\r?\n/);
    for (const length of [bytes.length, 1_000, 65_536, 65_537]) {
      const lines = [...blocks(split(bytes, [length]))].flatMap((block) => block.lines);
      expect(lines.length).to.equal(expected.length);
      expect(lines.every((each, at) => each === expected[at])).to.equal(true);
    }
  });

  it('gives the same lines and errors of blocks as large as a file gives', () => {
    const line = fc
      .tuple(anyText, fc.nat({ max: 9_000 }))
      .map(([text, n]) => `${'x'.repeat(n)}${text}\n`);
    const lengths = fc.array(fc.constantFrom(1_500, 30_000, 65_536, 131_072), { minLength: 1 });
    const text = fc.array(line, { maxLength: 40 }).map((lines) => Buffer.from(lines.join('')));
    fc.assert(
      fc.property(text, anyBytes, lengths, (start, end, pieces) => {
        const bytes = Buffer.concat([start, end]);
        const actual = decode(split(bytes, pieces));
        const expected = slowLines(bytes);
        expect(actual.error).to.deep.equal(expected.error);
        expect(actual.lines.length).to.equal(expected.lines.length);
        expect(actual.lines.every((each, at) => each === expected.lines[at])).to.equal(true);
      }),
      { numRuns: 100 },
    );
  });

  it('takes bytes that are overwritten once their lines have been read', () => {
    const memory = Buffer.alloc(3);
    const chunks = function* () {
      for (const piece of split(Buffer.from('one\ntwo\nthree\nfour'), [3])) {
        piece.copy(memory);
        yield memory.subarray(0, piece.length);
      }
    };
    expect(decode(chunks())).to.deep.equal({ lines: ['one', 'two', 'three', 'four'] });
  });

  it('knows how many of the latest chunks wait for the end of a line', () => {
    const decoder = new LineDecoder('test');
    const counts = ['a', '', 'b', '\nc', '\n', '', 'd\ne\n', '\ud83d', '\ude00', '\n\ud83d'].map(
      (chunk) => {
        for (const _ of decoder.write(chunk)) expect(decoder.chunks).to.be.at.most(1);
        return decoder.chunks;
      },
    );
    expect(counts).to.deep.equal([1, 2, 3, 1, 0, 0, 0, 1, 2, 1]);
    decoder.end();
    expect(decoder.chunks).to.equal(0);
  });

  for (const wrong of [undefined, null, 1, {}, [], new ArrayBuffer(1)]) {
    it(`refuses a chunk that is ${Object.prototype.toString.call(wrong)}`, () => {
      const decoder = new LineDecoder('test');
      expect(() => decoder.write(wrong as never)).to.throw(
        TypeError,
        'expected bytes (a Uint8Array) or a string, got',
      );
    });
  }

  for (const maxLineBytes of [0, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 30, '5']) {
    refuses(
      `refuses ${maxLineBytes} as maxLineBytes`,
      () => new LineDecoder('test', { maxLineBytes: maxLineBytes as number }),
      `test: maxLineBytes must be an integer from 1 to`,
    );
  }

  refuses(
    'refuses an invalidUtf8 that it does not know',
    () => new LineDecoder('test', { invalidUtf8: 'ignore' as never }),
    "test: invalidUtf8 must be 'fail' or 'replace', got ignore",
  );
});
