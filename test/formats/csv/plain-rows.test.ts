import { expect } from 'chai';
import fc from 'fast-check';
import { plainRows } from '../../../lib/formats/csv/plain-rows.js';
import { CsvRecords } from '../../../lib/formats/csv/records.js';

const pieces = [
  'a',
  'é',
  '😀',
  ' ',
  '"',
  '"',
  '""',
  ',',
  ',',
  ';',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\ufeff',
];

describe('plainRows', () => {
  for (const quotes of [true, false]) {
    for (const delimiter of [',', ';', '\t', ' ', 'a', 'é']) {
      it(`reads what it reads as csv-parse does, delimiter ${JSON.stringify(delimiter)}, quotes ${quotes}`, () => {
        const text = fc.array(fc.constantFrom(...pieces, delimiter)).map((all) => all.join(''));
        const parser = new CsvRecords({ delimiter, quotes });
        let read = 0;
        fc.assert(
          fc.property(text, (all) => {
            const found = plainRows(all, { delimiter, quotes });
            if (!found) return;
            read += 1;
            const records = parser.read(Buffer.from(all));
            const open = found.end < all.length ? records.pop() : undefined;
            expect(found.rows).to.deep.equal(records.map(({ fields }) => fields));
            if (!open) return;
            expect(open.fields).to.include({ isOpen: true });
            expect(Buffer.from(all).toString('utf8', open.start)).to.equal(all.slice(found.end));
          }),
          { numRuns: 2000 },
        );
        expect(read).to.be.above(500);
      });
    }
  }

  it('reads rows with doubled quotes, line ends within quotes and blank lines between', () => {
    const text = 'a,"b ""c""\r\nd",\r\n\n"",\n""\ne"f,\n"g,\n';
    expect(plainRows(text, { delimiter: ',', quotes: true })).to.deep.equal({
      rows: [['a', 'b "c"\r\nd', ''], ['', ''], [''], ['e"f', '']],
      end: text.indexOf('"g'),
    });
  });

  for (const text of ['"a"b\n', '"a" ,b\n', '"a"\rb\n', 'a\r']) {
    it(`leaves ${JSON.stringify(text)} to csv-parse`, () => {
      expect(plainRows(text, { delimiter: ',', quotes: true })).to.equal(undefined);
    });
  }
});
