import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const SPECTRUM = join('node_modules', 'csv-spectrum');
/** What csv-spectrum expects of it is of another file. */
const MISLAID = 'location_coordinates';

const rows = [
  { a: 1, b: 'x, "y"' },
  { a: 2, b: '' },
];
const csv = 'a,b\n1,"x, ""y"""\n2,\n';

describe('formats', () => {
  const folder = new Folder();

  it('an ending in capitals implies the format, and compression, too', async () => {
    folder.write('K.CSV', csv);
    expect(await sluice(folder, ['-i', 'K.CSV', '-o', 'L.TSV.GZ', '.a'])).to.deep.equal(
      failed(
        'L.TSV.GZ: item 1 is a string, not an object or array; map it to one, such as { value }',
      ),
    );
    const outcome = await sluice(folder, ['-i', 'K.CSV', '.a', '-t', 'lines']);
    expect(outcome).to.deep.equal(done('1\n2\n'));
  });

  for (const file of readdirSync(join(SPECTRUM, 'csvs'))) {
    const name = file.replace('.csv', '');
    if (name === MISLAID) continue;
    it(`-f csv -t json gives what csv-spectrum expects of ${name}`, async () => {
      const input = readFileSync(join(SPECTRUM, 'csvs', file));
      const expected = readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8');
      const { code, stdout } = await sluice(folder, ['-f', 'csv', '-t', 'json'], input);
      expect(code).to.equal(0);
      expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(expected));
    });
  }

  const ways: [string[], string, string][] = [
    [
      ['-f', 'csv:types', '-t', 'json'],
      csv,
      `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
    ],
    [['-f', 'csv:types', '-t', 'csv'], csv, csv],
    [
      ['-f', 'csv:header=no', '-t', 'csv:delimiter=semicolon,crlf'],
      csv,
      'a;b\r\n1;"x, ""y"""\r\n2;\r\n',
    ],
    [['-f', 'csv:ragged=fit,delimiter=pipe', '-t', 'tsv:header=no'], 'a|b\n1\n', '1\n'],
    [['-f', 'tsv:quotes=no', '-t', 'ndjson'], 'a\tb\n"\t2\n', '{"a":"\\"","b":"2"}\n'],
    [['-f', 'json:path=data.items'], '{"data":{"items":[1,{"a":2}]}}', '1\n{"a":2}\n'],
    [['-f', 'nul', '-t', 'nul', 'x => x + "!"'], 'a\nb\0c\0', 'a\nb!\0c!\0'],
    [['-f', 'bytes', '-t', 'bytes'], 'any\ntext', 'any\ntext'],
    [['-f', 'bytes', '-t', 'lines', 'x => x.length'], 'four', '4\n'],
    [['-f', 'csv:types', '-t', 'table'], csv, 'a  b\n─  ──────\n1  x, "y"\n2\n'],
  ];
  for (const [args, input, expected] of ways) {
    it(`sluice ${args.join(' ')} writes what it says`, async () => {
      expect(await sluice(folder, args, input)).to.deep.equal(done(expected));
    });
  }

  it('the endings of files imply formats', async () => {
    folder.write('a.csv', csv);
    for (const [from, to] of [
      ['a.csv', 'b.tsv.gz'],
      ['b.tsv.gz', 'c.json'],
      ['c.json', 'd.csv'],
    ] as const) {
      expect(await sluice(folder, ['-i', from, '-o', to])).to.deep.equal(done(''));
    }
    expect(folder.text('d.csv')).to.equal(csv);
  });

  it('a bad row is named by file, line, column and byte', async () => {
    folder.write('a.csv', 'a,b\n1,2\n3\n');
    expect(await sluice(folder, ['-i', 'a.csv', '-t', 'csv'])).to.deep.equal({
      ...failed('a.csv: line 3, column 1 (byte 8): expected 2 fields, found 1'),
      stdout: 'a,b\n1,2\n',
    });
  });

  it('what is no bytes is not written as such', async () => {
    const { stderr } = await sluice(folder, ['-t', 'bytes'], '"a"\n5\n');
    expect(stderr).to.match(/^sluice: stdout: item 2 is a number, not bytes or text/);
  });

  const wrong: [string[], string][] = [
    [
      ['-f', 'csv:tpyes'],
      "--from csv: unknown option 'tpyes'; the format has types, header, ragged, delimiter, quotes, invalidUtf8; did you mean types?",
    ],
    [['-t', 'json:path=a'], "--to json: unknown option 'path'; the format has no options here"],
    [['-f', 'csv:delimiter'], '--from csv: delimiter needs a value'],
    [
      ['-f', 'csv:header=maybe'],
      "--from csv: header must be yes, no, or names with + between, got 'maybe'",
    ],
    [
      ['-t', 'csv:header=a+a'],
      "--to csv: header must be names that differ, with + between, got 'a+a'",
    ],
    [['-f', 'table'], "table can't be read (there are ndjson, json, csv, tsv, lines, nul, bytes)"],
    [
      ['-f', 'csv:delimiter=::'],
      "--from csv: delimiter must be one character or tab, comma, semicolon, pipe, space, \\t, got '::'",
    ],
  ];
  for (const [args, message] of wrong) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(badUsage(message));
    });
  }
});
