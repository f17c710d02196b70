import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { type FormatTableOptions, formatTable } from '../../lib/formats/format-table.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { refuses } from '../helpers/refuses.js';

const draw = async (items: Iterable<unknown>, options: FormatTableOptions = {}): Promise<string> =>
  (await pipeline(items, formatTable(options), toArray())).join('');

describe('formatTable', () => {
  it('formatTable() draws a column for each property, numbers to the right', async () => {
    const items = [
      { name: 'a', n: 7 },
      { name: 'long name', n: 12.5, at: new Date(0) },
      { n: null },
    ];
    expect(await draw(items)).to.equal(
      [
        'name          n  at',
        '─────────  ────  ────────────────────────',
        'a             7',
        'long name  12.5  1970-01-01T00:00:00.000Z',
        '',
        '',
      ].join('\n'),
    );
  });

  it('formatTable() knows how wide letters of East Asia, emoji and marks are', async () => {
    expect(
      await draw([
        { a: '東京', b: 1 },
        { a: '👨‍👩‍👧', b: 2 },
        { a: 'e\u0301', b: 3 },
      ]),
    ).to.equal('a     b\n────  ─\n東京  1\n👨‍👩‍👧    2\ne\u0301     3\n');
  });

  it('formatTable() draws arrays by place, and anything else as a value', async () => {
    expect(await draw([['x', 1], ['y']])).to.equal('1  2\n─  ─\nx  1\ny\n');
    expect(await draw([5, 'x\ny\x1b'])).to.equal('value\n─────\n5\nx\ufffdy\ufffd\n');
    expect(await draw([{ o: { a: [1] } }])).to.equal('o\n─────────\n{"a":[1]}\n');
    expect(await draw([])).to.equal('');
  });

  it('formatTable({ width }) makes the widest columns narrower until all fit', async () => {
    const item = { id: 1, text: 'x'.repeat(50), more: '東'.repeat(20) };
    const lines = (await draw([item], { width: 40 })).trimEnd().split('\n');
    expect(lines[1]).to.equal(`──  ${'─'.repeat(17)}  ${'─'.repeat(17)}`);
    expect(lines[2]).to.equal(` 1  ${'x'.repeat(16)}…  ${'東'.repeat(8)}…`);
  });

  it('formatTable({ rows }) settles the widths by the first rows, and begins anew for other columns', async () => {
    const items = [{ a: 1 }, { a: 22 }, { a: 333 }, { a: 4, b: 5 }];
    expect(await draw(items, { rows: 2 })).to.equal(' a\n──\n 1\n22\n3…\n\na  b\n─  ─\n4  5\n');
  });

  it('formatTable({ color }) makes the names bold', async () => {
    expect(await draw([{ a: 1 }], { color: true })).to.equal(
      '\x1b[1ma\x1b[22m\n\x1b[1m─\x1b[22m\n1\n',
    );
  });

  it('formatTable() does not sit on rows while its input is idle', async () => {
    const input = new PassThrough({ objectMode: true });
    const output = new PassThrough();
    const finished = pipeline(input, formatTable(), output);
    input.write({ a: 1 });
    expect(String((await once(output, 'data'))[0])).to.equal('a\n─\n1\n');
    input.end({ a: 2 });
    expect(String((await once(output, 'data'))[0])).to.equal('2\n');
    await finished;
  });

  refuses('formatTable refuses a width of 0', () => formatTable({ width: 0 }), 'width must be');
});
