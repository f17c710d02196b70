import { expect } from 'chai';
import { lines } from '../../../lib/formats/lines.js';
import { type ParseCsvOptions, parseCsv } from '../../../lib/formats/parse-csv.js';
import { parseNdjson } from '../../../lib/formats/parse-ndjson.js';
import type { ParseError } from '../../../lib/formats/text/parse-error.js';
import { deadLetter } from '../../../lib/junctions/dead-letter.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { noting } from '../../helpers/letters.js';
import { stageFailure } from '../../helpers/rejection.js';

const read = (text: string, options: ParseCsvOptions<unknown>): Promise<unknown[]> =>
  pipeline([text], parseCsv<unknown>(options), toArray());

describe('parser', () => {
  it("parseCsv({ onError: 'skip' }) drops bad rows, and reads those behind them as if they were not there", async () => {
    const text = 'a,b\n1,2\n"x"y,\n3\n"p\nq"r,s\n4,5\n6,"never\nclosed';
    expect(await read(text, { onError: 'skip' })).to.deep.equal([
      { a: '1', b: '2' },
      { a: '4', b: '5' },
    ]);
  });

  it('parseCsv({ onError }) gives the text of a bad row to a function, which may answer later', async () => {
    for (const later of [false, true]) {
      const onError = (error: unknown, input: string) => {
        const item = { line: (error as ParseError).line, input };
        return later ? Promise.resolve(item) : item;
      };
      expect(await read('a,b\n1\n2,3\n"x\ny"z', { onError })).to.deep.equal([
        { line: 2, input: '1' },
        { a: '2', b: '3' },
        { line: 5, input: '"x\ny"z' },
      ]);
    }
  });

  it('parseCsv({ onError: deadLetter(sink) }) writes bad rows there', async () => {
    const { items, sink } = noting();
    const text = `a,b\n${'1,2\n3\n'.repeat(50)}4`;
    const good = await read(text, { onError: deadLetter(sink) });
    expect(good.length).to.equal(50);
    expect(items).to.deep.equal([...Array(50).fill('3'), '4']);
  });

  it('parseCsv() never drops a header that is bad', async () => {
    const { cause } = await stageFailure(read('a,a\n1,2\n', { onError: 'skip' }));
    expect((cause as ParseError).line).to.equal(1);
  });

  it("parseNdjson({ onError: 'skip' }) drops lines that are no JSON, or null", async () => {
    const stage = parseNdjson({ onError: 'skip' });
    expect(await pipeline(['1\n{\nnull\n2\n['], stage, toArray())).to.deep.equal([1, 2]);
  });

  it('lines({ onError }) gives the text of a line that is invalid UTF-8 to a function, and goes on', async () => {
    const bytes = Buffer.concat([Buffer.from('a\nb'), Buffer.of(0xff), Buffer.from('\nc')]);
    const onError = (error: unknown, input: string) => `${(error as ParseError).line}: ${input}`;
    for (const [policy, expected] of [
      [onError, ['a', '2: b\ufffd', 'c']],
      ['skip', ['a', 'c']],
    ] as const) {
      const stage = lines({ onError: policy });
      expect(await pipeline([bytes], stage, toArray())).to.deep.equal(expected);
    }
    const failure = await stageFailure(pipeline([bytes], lines({ onError: 'fail' }), toArray()));
    expect((failure.cause as ParseError).line).to.equal(2);
  });

  it('lines({ onError }) does not excuse a line that is too long', async () => {
    const stage = lines({ onError: 'skip', maxLineBytes: 2 });
    const { cause } = await stageFailure(pipeline(['a\nabc\n'], stage, toArray()));
    expect((cause as ParseError).line).to.equal(2);
  });

  it('parseNdjson({ onError }) fails with what the function throws, and what it was called with', async () => {
    const onError = (error: unknown): never => {
      throw new RangeError('mine', { cause: error });
    };
    const { cause } = await stageFailure(pipeline(['1\n{'], parseNdjson({ onError }), toArray()));
    expect((cause as Error).message).to.equal('mine');
    expect(((cause as Error).cause as ParseError).line).to.equal(2);
  });

  it('parseNdjson({ onError: deadLetter(sink) }) waits for the sink, and names input and place', async () => {
    const records: unknown[] = [];
    const sink = async (letters: AsyncIterable<{ item: string; error: Error }>) => {
      for await (const { item, error } of letters)
        records.push([item, (error.cause as ParseError).line]);
    };
    const stage = parseNdjson({ onError: deadLetter(sink, { buffer: 1 }) });
    expect(await pipeline(['1\nx\n2\ny\n', 'z'], stage, toArray())).to.deep.equal([1, 2]);
    expect(records).to.deep.equal([
      ['x', 2],
      ['y', 4],
      ['z', 5],
    ]);
  });
});
