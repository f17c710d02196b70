import { expect } from 'chai';
import fc from 'fast-check';
import { formatLines } from '../../lib/formats/format-lines.js';
import { lines } from '../../lib/formats/lines.js';
import { FormatError } from '../../lib/formats/text/format-error.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { coalesces } from '../helpers/coalesces.js';
import { stageGives } from '../helpers/gives.js';
import { stageFailure } from '../helpers/rejection.js';
import { anyLengths, split } from '../helpers/splits.js';

const text = fc.string({ unit: 'binary' }).filter((line) => !/^\ufeff|\n|\r$/.test(line));

const refused: Record<string, [item: unknown, problem: string]> = {
  'a line end': ['a\nb', 'contains a line end'],
  'a \\r at its end': ['a\r', 'contains a line end'],
  undefined: [undefined, 'is undefined, not a string or number; map it to the text you want'],
  'an object': [{}, 'is an object, not a string or number; map it to the text you want'],
  'an array': [['a'], 'is an array, not a string or number; map it to the text you want'],
  'a symbol': [Symbol('s'), 'is a symbol, not a string or number; map it to the text you want'],
};

describe('formatLines', () => {
  stageGives(
    'formatLines() writes strings as they are, and numbers, bigints and booleans as String does',
    ['a b', '', 'c\rd', 1.5, Number.NaN, 10n, true, '\ud83d'],
    () => formatLines(),
    [Buffer.from('a b\n\nc\rd\n1.5\nNaN\n10\ntrue\n\ufffd\n')],
  );

  for (const [title, [item, problem]] of Object.entries(refused)) {
    it(`formatLines() fails on ${title}, and names the item`, async () => {
      const { cause, stage } = await stageFailure(
        pipeline(['fine', item as string], formatLines(), toArray()),
      );
      expect(stage).to.deep.equal({ name: 'formatLines', position: 1 });
      expect(cause).to.be.instanceOf(FormatError).that.includes({ index: 1 });
      expect((cause as FormatError).message).to.include(`item 1 ${problem}`);
    });
  }

  it('lines() gives back what formatLines() wrote, however the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), anyLengths, async (items, lengths) => {
        const bytes = Buffer.concat(await pipeline(items, formatLines(), toArray()));
        const back = await pipeline(split(bytes, lengths), lines(), toArray());
        expect(back).to.deep.equal(items);
      }),
      { numRuns: 200 },
    );
  });

  coalesces(
    'formatLines()',
    () => formatLines(),
    (item) => `${item}\n`,
  );
});
