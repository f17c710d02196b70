import { expect } from 'chai';
import fc from 'fast-check';
import { parseCsv } from '../../../lib/formats/parse-csv.js';
import type { ParseError } from '../../../lib/formats/text/parse-error.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { stageFailure } from '../../helpers/rejection.js';
import { anyLengths, split } from '../../helpers/splits.js';

describe('csv-rows', () => {
  it('parseCsv() gives the same rows and finds the same bad ones however the bytes are split', async () => {
    const text = fc
      .array(fc.constantFrom('a', '"', '"', ',', '\n', '\r\n', 'é'))
      .map((all) => all.join(''));
    const found = async (chunks: Iterable<Buffer>): Promise<unknown[]> => {
      const onError = (error: unknown, input: string) => ({ ...(error as ParseError), input });
      const stage = parseCsv<unknown>({ header: false, ragged: 'fit', onError });
      return pipeline(chunks, stage, toArray());
    };
    await fc.assert(
      fc.asyncProperty(text, anyLengths, async (all, lengths) => {
        const bytes = Buffer.from(all);
        expect(await found(split(bytes, lengths))).to.deep.equal(await found([bytes]));
      }),
      { numRuns: 300 },
    );
  });

  it('parseCsv() gives the same rows amid invalid UTF-8, and blames those it is in, however the bytes are split', async () => {
    const text = fc
      .array(fc.constantFrom('a', '"', ',', '\n', '\r\n', 'é', '\xff', '\xff'))
      .map((all) => all.join(''));
    const found = async (chunks: Iterable<Buffer>): Promise<unknown[]> => {
      const onError = (error: unknown, input: string) => ({ ...(error as ParseError), input });
      const stage = parseCsv<unknown>({ header: false, ragged: 'fit', onError });
      return pipeline(chunks, stage, toArray());
    };
    await fc.assert(
      fc.asyncProperty(text, anyLengths, async (all, lengths) => {
        const bytes = Buffer.from(all, 'latin1');
        expect(await found(split(bytes, lengths))).to.deep.equal(await found([bytes]));
      }),
      { numRuns: 300 },
    );
    expect(await found([Buffer.from('1,2\n"a\n\xff",b\n3,4\n', 'latin1')])).to.deep.equal([
      ['1', '2'],
      {
        name: 'ParseError',
        code: 'ERR_SLUICE_PARSE',
        line: 3,
        column: 1,
        byte: 7,
        problem: 'invalid UTF-8, byte 0xFF',
        input: '"a\n\ufffd",b',
      },
      ['3', '4'],
    ]);
  });

  it('parseCsv() fails on a header of invalid UTF-8, whatever becomes of bad rows', async () => {
    const bytes = Buffer.from('a\xff,b\n1,2\n', 'latin1');
    const run = pipeline([bytes], parseCsv({ onError: 'skip' }), toArray());
    expect((await stageFailure(run)).cause).to.include({ line: 1, column: 2, byte: 1 });
  });

  it('parseCsv() emits a row as soon as its line has come', async () => {
    const seen: unknown[] = [];
    async function* chunks(): AsyncGenerator<string> {
      for (const count of [1, 2, 3]) {
        yield count === 1 ? 'a\n1\n' : `"x\n${count}"\n`;
        expect(seen.length).to.equal(count);
      }
    }
    await pipeline(
      chunks(),
      parseCsv(),
      forEach((item) => void seen.push(item)),
    );
  });

  it('parseCsv() names the same place however the bytes are split', async () => {
    const text = Buffer.from('a,b\r\n"1\r\n2",é\r\n"x"y,3\r\n');
    await fc.assert(
      fc.asyncProperty(anyLengths, async (lengths) => {
        const run = pipeline(split(text, lengths), parseCsv(), toArray());
        const { cause } = await stageFailure(run);
        expect(cause).to.include({ line: 4, column: 4, byte: 19 });
      }),
    );
  });
});
