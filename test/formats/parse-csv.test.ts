import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type ParseCsvOptions, parseCsv } from '../../lib/formats/parse-csv.js';
import { ParseError } from '../../lib/formats/text/parse-error.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { anyLengths, split } from '../helpers/splits.js';

type Options = ParseCsvOptions<unknown>;

const read = (text: string, options: Options = {}): Promise<unknown[]> =>
  pipeline([text], parseCsv<unknown>(options), toArray());

async function failureOf(text: string, options: Options = {}) {
  const seen: unknown[] = [];
  const sink = forEach((item) => void seen.push(item));
  const { cause } = await stageFailure(pipeline([text], parseCsv<unknown>(options), sink));
  if (!(cause instanceof ParseError)) throw cause;
  return { seen, cause };
}

const SPECTRUM = join('node_modules', 'csv-spectrum');

/** Its expectation is of another file: another telephone number, and no array. */
const MISLAID = 'location_coordinates';

describe('parseCsv', () => {
  stageGives(
    'parseCsv() emits an object for each row, named by the first',
    ['\ufeffa,b\r\n1,"x, ', '""y"""\r\n\r\n2,"two\r\nlines"\n', '"",last'],
    () => parseCsv(),
    [
      { a: '1', b: 'x, "y"' },
      { a: '2', b: 'two\r\nlines' },
      { a: '', b: 'last' },
    ],
  );

  stageGives('parseCsv() emits nothing for a header alone', ['a,b'], () => parseCsv(), []);

  for (const name of readdirSync(join(SPECTRUM, 'csvs')).map((file) => file.slice(0, -4))) {
    it(`parseCsv() reads ${name} of csv-spectrum, however the bytes are split`, async () => {
      const bytes = readFileSync(join(SPECTRUM, 'csvs', `${name}.csv`));
      const json = readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8');
      const expected =
        name === MISLAID ? parse(bytes, { columns: true, relax_quotes: true }) : JSON.parse(json);
      for (const lengths of [[1], [2, 3], [bytes.length]]) {
        const items = await pipeline(split(bytes, lengths), parseCsv(), toArray());
        expect(items).to.deep.equal(expected);
      }
    });
  }

  it('parseCsv() gives the rows that csv-parse gives, however the bytes are split', async () => {
    const field = fc.array(fc.constantFrom('a', ' ', 'é', '😀', ',', ';', '\n', '\r\n', '""', '1'));
    const quoted = field.map((parts) => `"${parts.join('')}"`);
    const bare = fc.array(fc.constantFrom('a', ' ', 'é', '7"', ';')).map((parts) => parts.join(''));
    const row = fc.array(fc.oneof(quoted, bare), { minLength: 1, maxLength: 4 });
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(row), end, anyLengths, async (rows, lineEnd, lengths) => {
        const text = rows.map((fields) => fields.join(',') + lineEnd).join('');
        const expected: string[][] = parse(text, {
          record_delimiter: ['\n', '\r\n'],
          relax_column_count: true,
          relax_quotes: true,
          skip_empty_lines: true,
        });
        const stage = parseCsv({ header: false, ragged: 'fit' });
        const items = await pipeline(split(Buffer.from(text), lengths), stage, toArray());
        expect(items).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('parseCsv() takes a quote amid a field for a character', async () => {
    expect(await read('a,b\n5" disk,"x"\n6"",y"\n')).to.deep.equal([
      { a: '5" disk', b: 'x' },
      { a: '6""', b: 'y"' },
    ]);
  });

  it('parseCsv({ quotes: false }) takes every quote for a character', async () => {
    expect(await read('a,b\n"1,2"\n', { quotes: false })).to.deep.equal([{ a: '"1', b: '2"' }]);
  });

  const faults: Record<string, [string, Partial<ParseError>, RegExp]> = {
    'what follows a closing quote': [
      'a,b\n1,2\n"é😀"x,3\n',
      { line: 3, column: 6, byte: 16 },
      /expected `,` or the end of the row after a closing quote, found `x`$/,
    ],
    'what follows a closing quote on a later line': [
      'a,b\n1,2\n"x\r\ny"z,3\n4,5\n',
      { line: 4, column: 3, byte: 14 },
      /found `z`$/,
    ],
    'a quote that is never closed': [
      'a,b\n1,2\n3,"x\ny\n',
      { line: 3, column: 3, byte: 10 },
      /the quote is never closed$/,
    ],
    'a row that is too short': [
      'a,b\n1,2\n3\n',
      { line: 3, column: 1, byte: 8 },
      /expected 2 fields, found 1$/,
    ],
    'a row that is too long': [
      'a,b\n1,2\n3,4,5\n',
      { line: 3, column: 1, byte: 8 },
      /expected 2 fields, found 3$/,
    ],
  };
  for (const [title, [text, place, message]] of Object.entries(faults)) {
    it(`parseCsv() emits the rows before it, then fails with where it is: ${title}`, async () => {
      const { seen, cause } = await failureOf(text);
      expect(seen).to.deep.equal([{ a: '1', b: '2' }]);
      expect(cause).to.include({ code: 'ERR_SLUICE_PARSE', ...place });
      expect(cause.message).to.match(message);
    });
  }

  it('parseCsv() fails on two columns of one name, and on one called __proto__', async () => {
    expect((await failureOf('a,b,a\n')).cause.message).to.match(/two columns are called "a"; give/);
    expect((await failureOf('__proto__\n')).cause.message).to.match(/cannot be called __proto__/);
  });

  it('parseCsv({ header }) takes names that are given, and all rows for items', async () => {
    expect(await read('1,2\n', { header: ['x', 'y'] })).to.deep.equal([{ x: '1', y: '2' }]);
    expect(await read('1,2\n', { header: false })).to.deep.equal([['1', '2']]);
  });

  it("parseCsv({ ragged: 'fit' }) leaves out what is missing, and keeps what is too much", async () => {
    const items = await read('a,b\n1\n1,2,3,4\n', { ragged: 'fit' });
    expect(items).to.deep.equal([{ a: '1' }, { a: '1', b: '2', '3': '3', '4': '4' }]);
  });

  it('parseCsv({ types: true }) makes numbers and booleans of what would be written back the same', async () => {
    const texts =
      '0,-1.5,2e3,true,false,007,+1,1.,0x1,,NaN,123456789012345,9007199254740993,"3",' +
      '1.50,1.0,-0,1e400,Infinity,-Infinity,-,1 , 1,0.1,1e+21,True';
    expect(await read(texts, { header: false, types: true })).to.deep.equal([
      [
        0,
        -1.5,
        '2e3',
        true,
        false,
        '007',
        '+1',
        '1.',
        '0x1',
        '',
        'NaN',
        123456789012345,
        '9007199254740993',
        3,
        '1.50',
        '1.0',
        '-0',
        '1e400',
        'Infinity',
        '-Infinity',
        '-',
        '1 ',
        ' 1',
        0.1,
        1e21,
        'True',
      ],
    ]);
  });

  it('parseCsv({ types }) calls a function for each column it has', async () => {
    const types = { n: Number, on: (text: string) => new Date(text) };
    expect(await read('n,on,s\n007,1970-01-01,x\n', { types })).to.deep.equal([
      { n: 7, on: new Date(0), s: 'x' },
    ]);
    const broken = { n: (text: string) => JSON.parse(text) };
    const { cause } = await failureOf('n\n1\nx\n', { types: broken });
    expect(cause).to.include({ line: 3, column: 1, byte: 4 });
    expect(cause.message).to.match(/: column "n": Unexpected token/);
    expect(cause.cause).to.be.instanceOf(SyntaxError);
    expect((await failureOf('m\n1\n', { types: broken })).cause.message).to.match(/no column "n"/);
  });

  it('parseCsv({ maxLineBytes }) bounds a row of several lines', async () => {
    const { seen, cause } = await failureOf('a\n1\n"x\ny\nz\nw"\n', { maxLineBytes: 5 });
    expect(seen).to.deep.equal([{ a: '1' }]);
    expect(cause).to.include({ line: 3, column: 1, byte: 4 });
    expect(cause.message).to.match(/the row is longer than maxLineBytes, 5$/);
  });

  it('parseCsv() makes no item before it is asked for', async () => {
    const types = { a: (text: string) => (text === '1' ? 1 : expect.fail('made')) };
    expect(
      await pipeline(['a\n1\n2\n'], parseCsv<unknown>({ types }), take(1), toArray()),
    ).to.deep.equal([{ a: 1 }]);
  });

  it('parseCsv<T>() gives the type that the caller names', async () => {
    const stage = map((row: { readonly a: string }) => Number(row.a));
    expect(await pipeline(['a\n4'], parseCsv<{ a: string }>(), stage, toArray())).to.deep.equal([
      4,
    ]);
  });

  const wrong: Record<string, [Options, string]> = {
    'a delimiter of two characters': [{ delimiter: '::' }, 'delimiter must be one character'],
    'a quote as delimiter': [{ delimiter: '"' }, 'delimiter must be one character'],
    'names that are not unique': [{ header: ['a', 'a'] }, 'header: two columns are called "a"'],
    'a policy for ragged rows that it does not know': [
      { ragged: 'pad' as never },
      'ragged must be',
    ],
    'types that are no functions': [
      { types: { a: 'number' as never } },
      'types.a must be a function',
    ],
    'types by column without a header': [{ types: { a: Number }, header: false }, 'need a header'],
    'quotes that are neither true nor false': [
      { quotes: 'no' as never },
      'quotes must be true, false',
    ],
  };
  for (const [title, [options, message]] of Object.entries(wrong)) {
    refuses(`parseCsv refuses ${title}`, () => parseCsv(options as never), message);
  }
});
