import { expect } from 'chai';
import fc from 'fast-check';
import { jsonError } from '../../../lib/formats/json/error.js';

const MANY = { numRuns: 1500 };
/** Each run of the oracle tries a hundred endings. */
const FEW = { numRuns: 200 };

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What can be missing from a token that has been cut off, and what must follow it. */
const RESTS = [
  ...['', '0', '"', 'n"', 'u0000"', '0000"', '000"', '00"', '0"'],
  ...['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
];
const VALUES = ['', ':0', '"":0', ',0', ',"":0'];

/** The brackets that are open, told apart from those in strings. */
function closers(text: string): string {
  let open = '';
  const outside = text.replace(/"(?:[^"\\]|\\.)*("|$|\\$)/gs, '');
  for (const char of outside) {
    if (char === '[') open = `]${open}`;
    else if (char === '{') open = `}${open}`;
    else if (char === ']' || char === '}') open = open.slice(1);
  }
  return open;
}

/** Whether something could follow that makes the text JSON: all that can be missing is tried. */
function isPrefix(text: string): boolean {
  const end = closers(text);
  return RESTS.some((rest) => VALUES.some((value) => parses(`${text}${rest}${value}${end}`)));
}

const INSERTED = [
  ...'{}[]",:\\/+-.0123456789eEtfnulrsaxU \t\n\r\0\x1f\x7fé😀\ufeff\u2028',
  '\ud83d',
];

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly insert: string;
}

/** JSON text that one to three small edits have probably broken. */
const mutated: fc.Arbitrary<string> = fc
  .tuple(
    fc
      .json({ maxDepth: 4, noUnicodeString: false })
      .chain((text) =>
        fc.constantFrom(text, ` ${text}\n`, JSON.stringify(JSON.parse(text), null, 1)),
      ),
    fc.array(
      fc.record<Edit>({
        at: fc.nat({ max: 200 }),
        drop: fc.nat({ max: 2 }),
        insert: fc.constantFrom('', ...INSERTED),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((now, { at, drop, insert }) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + insert + now.slice(place + drop);
    }, text),
  );

/** Small texts over few characters: numbers, literals and escapes, right and wrong. */
const scribbled = fc
  .array(fc.constantFrom(...INSERTED, 'true', 'null', '"a"', '\\u00', '1e', '[]'), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('jsonError', () => {
  for (const [title, texts] of Object.entries({ mutated, scribbled })) {
    it(`finds an error exactly where JSON.parse throws (${title})`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          expect(jsonError(text) === undefined).to.equal(parses(text));
        }),
        MANY,
      );
    });

    it(`names the first character after which nothing could make it JSON (${title})`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const at = jsonError(text)?.at ?? text.length;
          expect(isPrefix(text.slice(0, at)), 'before it').to.equal(true);
          if (at < text.length) expect(isPrefix(text.slice(0, at + 1)), 'with it').to.equal(false);
        }),
        FEW,
      );
    });
  }

  const examples: [text: string, at: number, problem: string][] = [
    ['', 0, 'expected a value, found the end'],
    ['{"a":1,}', 7, 'expected a name in double quotes, found `}`'],
    ["{'a':1}", 1, "expected a name in double quotes or `}`, found `'`"],
    ['{"a" 1}', 5, 'expected `:`, found `1`'],
    ['{"a":}', 5, 'expected a value, found `}`'],
    ['{"a":1 "b":2}', 7, 'expected `,` or `}`, found `"`'],
    ['[1,]', 3, 'expected a value, found `]`'],
    ['[x]', 1, 'expected a value or `]`, found `x`'],
    ['[1 2]', 3, 'expected `,` or `]`, found `2`'],
    ['[1', 2, 'expected `,` or `]`, found the end'],
    ['1 2', 2, 'expected nothing more, found `2`'],
    ['01', 1, 'expected nothing more, found `1`'],
    ['-', 1, 'expected a digit, found the end'],
    ['1.e5', 2, 'expected a digit, found `e`'],
    ['1e+', 3, 'expected a digit, found the end'],
    ['trux', 3, 'expected `true`, found `x`'],
    ['nul', 3, 'expected `null`, found the end'],
    ['"a\tb"', 2, 'expected the rest of a string, found U+0009'],
    ['"abc', 4, 'expected the rest of a string, found the end'],
    ['"\\x41"', 2, 'expected an escape such as `\\n`, found `x`'],
    ['"\\u12g4"', 5, 'expected a hexadecimal digit, found `g`'],
    ['\ufeff1', 0, 'expected a value, found U+FEFF'],
    ['😀', 0, 'expected a value, found `😀`'],
    ['\u00a01', 0, 'expected a value, found U+00A0'],
  ];
  for (const [text, at, problem] of examples) {
    it(`says of ${JSON.stringify(text)}: ${problem}`, () => {
      expect(jsonError(text)).to.deep.equal({ at, problem });
    });
  }

  it('reads any depth', () => {
    const depth = 200_000;
    expect(jsonError('['.repeat(depth))).to.deep.equal({
      at: depth,
      problem: 'expected a value or `]`, found the end',
    });
    expect(jsonError('['.repeat(depth) + ']'.repeat(depth))).to.equal(undefined);
  });
});
