import { expect } from 'chai';
import {
  map,
  type ParseCsvOptions,
  parseCsv,
  parseTsv,
  pipeline,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

type Value = string | number | boolean;

describe('types of the items of parseCsv', () => {
  it('are objects of texts', async () => {
    const rows = await pipeline(['a\n1\n'], parseCsv(), toArray());
    expect(exactly<Record<string, string>[]>()(rows)).to.deep.equal([{ a: '1' }]);
    exactly<Record<string, string>[]>()(
      await pipeline(['1'], parseTsv({ header: ['a'] }), toArray()),
    );
  });

  it('are arrays without a header', async () => {
    const rows = await pipeline(['a\n1\n'], parseCsv({ header: false }), toArray());
    expect(exactly<string[][]>()(rows)).to.deep.equal([['a'], ['1']]);
    const typed = await pipeline(['a\t1\n'], parseTsv({ header: false, types: true }), toArray());
    expect(exactly<Value[][]>()(typed)).to.deep.equal([['a', 1]]);
  });

  it('hold booleans and numbers with types', async () => {
    const rows = await pipeline(['a\n1\n'], parseCsv({ types: true }), toArray());
    expect(exactly<Record<string, Value>[]>()(rows)).to.deep.equal([{ a: 1 }]);
  });

  it('hold what the functions of types return, by column', async () => {
    const types = { n: Number, at: (text: string) => new Date(text) };
    const rows = await pipeline(
      ['n,at,name\n1,2024-01-01,x\n'],
      parseCsv({ types }),
      map((row) => {
        exactly<string | number | Date | undefined>()(row['name'] as typeof row.name | undefined);
        return [exactly<number>()(row.n), exactly<Date>()(row.at)] as const;
      }),
      toArray(),
    );
    expect(rows).to.deep.equal([[1, new Date('2024-01-01')]]);
    const inline = parseCsv({ types: { n: (text) => text.length } });
    const lengths = await pipeline(
      ['n\nabc\n'],
      inline,
      map(({ n }) => exactly<number>()(n)),
      toArray(),
    );
    expect(lengths).to.deep.equal([3]);
  });

  it('are what the caller names, or onError answers too', async () => {
    const named = await pipeline(
      ['name\nx\n'],
      parseCsv<{ name: string }>({ types: false }),
      toArray(),
    );
    expect(exactly<{ name: string }[]>()(named)).to.deep.equal([{ name: 'x' }]);
    const mended = await pipeline(
      ['a,b\n1\n'],
      parseCsv({ onError: (_, text) => ({ bad: exactly<string>()(text).length }) }),
      toArray(),
    );
    expect(exactly<(Record<string, string> | { bad: number })[]>()(mended)).to.deep.equal([
      { bad: 1 },
    ]);
    exactly<Record<string, string>[]>()(
      await pipeline(['a'], parseCsv({ onError: 'skip' }), toArray()),
    );
  });

  it('may be any of these with options that are not known', async () => {
    const options: ParseCsvOptions<string> = { header: false };
    const [row] = await pipeline(['a'], parseCsv(options), toArray());
    expect(row).to.deep.equal(['a']);
    const all: unknown[] | Record<string, unknown> | string | undefined = row;
    // @ts-expect-error it may be an array
    const record: Record<string, unknown> | undefined = row;
    return [all, record];
  });
});
