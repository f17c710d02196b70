import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { type FormatCsvOptions, formatCsv } from '../../lib/formats/format-csv.js';
import { formatTsv } from '../../lib/formats/format-tsv.js';
import { parseCsv } from '../../lib/formats/parse-csv.js';
import { FormatError } from '../../lib/formats/text/format-error.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';

const write = async (items: Iterable<object>, options: FormatCsvOptions = {}): Promise<string> =>
  (await pipeline(items, formatCsv(options), toArray())).join('');

const field = fc
  .array(fc.constantFrom('a', ' ', 'é', '"', ',', '\n', '\r', '1'))
  .map((parts) => parts.join(''));

describe('formatCsv', () => {
  it('formatCsv() writes objects under the names of the first, and arrays as they are', async () => {
    expect(await write([{ a: 1, b: 'x' }, { b: 'y' }, { a: true, b: 2n }])).to.equal(
      'a,b\n1,x\n,y\ntrue,2\n',
    );
    expect(await write([[1, 'x, y'], ['"']])).to.equal('1,"x, y"\n""""\n');
  });

  it('formatCsv() writes dates, objects, arrays and what is missing as text', async () => {
    const items = [{ at: new Date(0), o: { a: [1] }, n: null, u: undefined }];
    expect(await write(items)).to.equal('at,o,n,u\n1970-01-01T00:00:00.000Z,"{""a"":[1]}",,\n');
  });

  it('formatCsv() writes what csv-stringify writes', async () => {
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        expect(await write(all)).to.equal(stringify(all));
      }),
    );
  });

  it('formatCsv() is read back as it was, by parseCsv() and by csv-parse', async () => {
    const item = fc.record({ a: field, b: field });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1 }), async (items) => {
        const text = await write(items);
        expect(await pipeline([text], parseCsv(), toArray())).to.deep.equal(items);
        expect(parse(text, { columns: true, record_delimiter: '\n' })).to.deep.equal(items);
      }),
    );
  });

  it('formatCsv() quotes a row that would be a blank line', async () => {
    const text = await write([{ a: '' }, { a: 'x' }]);
    expect(text).to.equal('a\n""\nx\n');
    expect(await pipeline([text], parseCsv(), toArray())).to.deep.equal([{ a: '' }, { a: 'x' }]);
  });

  it('formatCsv({ header }) writes the names that are given, also without items', async () => {
    expect(await write([{ b: 1, a: 2 }], { header: ['a', 'b', 'c'] })).to.equal('a,b,c\n2,1,\n');
    expect(await write([], { header: ['a', 'b'] })).to.equal('a,b\n');
    expect(await write([[1, 2]], { header: ['a', 'b'] })).to.equal('a,b\n1,2\n');
    expect(await write([{ a: 1 }], { header: false })).to.equal('1\n');
    expect(await write([])).to.equal('');
  });

  it('formatCsv({ continues }) writes no names, and goes by those that are given', async () => {
    const header = ['b', 'a'];
    expect(await write([{ a: 1, b: 2 }], { header, continues: true })).to.equal('2,1\n');
    expect(await write([[1, 2]], { header, continues: true })).to.equal('1,2\n');
    expect(await write([{ a: 1 }], { continues: true })).to.equal('1\n');
    expect(await write([], { header, continues: true })).to.equal('');
  });

  it('formatCsv({ delimiter, lineEnd, quotes }) are what they say', async () => {
    expect(await write([{ a: '1;2', b: ',' }], { delimiter: ';', lineEnd: '\r\n' })).to.equal(
      'a;b\r\n"1;2";,\r\n',
    );
    expect(await write([['"', 'x']], { quotes: false })).to.equal('",x\n');
  });

  it('formatTsv() puts tabs between fields', async () => {
    const chunks = await pipeline([['a,b', 'c\td']], formatTsv(), toArray());
    expect(chunks.join('')).to.equal('a,b\t"c\td"\n');
  });

  const unfit: Record<string, [unknown[], FormatCsvOptions, RegExp]> = {
    'a number': [[{ a: 1 }, 5], {}, /^item 1 is a number, not an object or array/],
    'a property that is no column': [
      [{ a: 1 }, { a: 2, b: 3 }],
      {},
      /^item 1 has "b", which is no/,
    ],
    'an object after arrays': [[[1], { a: 1 }], {}, /^item 1 is an object, after arrays/],
    'an empty object': [[{}], {}, /^item 0 has no fields/],
    'a field that needs quotes': [
      [['a'], ['x,y']],
      { quotes: false },
      /^item 1 contains a delimiter/,
    ],
    'one empty field without quotes': [[['']], { quotes: false }, /^item 0 is one empty field/],
    'a value without JSON': [[[{ a: 1n }]], {}, /^item 0 cannot be written as JSON/],
  };
  for (const [title, [items, options, message]] of Object.entries(unfit)) {
    it(`formatCsv() fails on ${title}, and says which item it is`, async () => {
      const run = pipeline(items as object[], formatCsv(options), toArray());
      const { cause } = await stageFailure(run);
      expect(cause).to.be.instanceOf(FormatError);
      expect((cause as Error).message).to.match(message);
    });
  }

  refuses(
    'formatCsv refuses a line end of its own',
    () => formatCsv({ lineEnd: ';' as never }),
    'lineEnd must be',
  );
  refuses(
    'formatTsv says its own name',
    () => formatTsv({ delimiter: 'ab' }),
    'formatTsv: delimiter',
  );
});
