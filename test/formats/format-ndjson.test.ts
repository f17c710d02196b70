import { expect } from 'chai';
import { formatNdjson } from '../../lib/formats/format-ndjson.js';
import { FormatError } from '../../lib/formats/text/format-error.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { coalesces } from '../helpers/coalesces.js';
import { stageGives } from '../helpers/gives.js';
import { stageFailure } from '../helpers/rejection.js';

const cycle: { self?: unknown } = {};
cycle.self = cycle;

const unspeakable: Record<string, [item: unknown, problem: string]> = {
  undefined: [undefined, 'is undefined, which JSON cannot represent; map or filter it first'],
  'a function': [() => 1, 'is a function, which JSON cannot represent; map or filter it first'],
  'a symbol': [Symbol('s'), 'is a symbol, which JSON cannot represent; map or filter it first'],
  'a BigInt': [1n, 'cannot be written as JSON: Do not know how to serialize a BigInt'],
  'a BigInt inside': [
    { a: [1n] },
    'cannot be written as JSON: Do not know how to serialize a BigInt',
  ],
  'a cycle': [cycle, 'cannot be written as JSON: Converting circular structure to JSON'],
  NaN: [Number.NaN, 'would be written as null, which cannot be read back as an item'],
  'an invalid date': [
    new Date(Number.NaN),
    'would be written as null, which cannot be read back as an item',
  ],
};

describe('formatNdjson', () => {
  stageGives(
    'formatNdjson() writes each item as a line of JSON',
    [{ a: 1, b: undefined }, [2, Number.NaN], 'a\nb\u2028', 0, '', false, new Date(0), '\ud83d'],
    () => formatNdjson(),
    [
      Buffer.from(
        '{"a":1}\n[2,null]\n"a\\nb\u2028"\n0\n""\nfalse\n"1970-01-01T00:00:00.000Z"\n"\\ud83d"\n',
      ),
    ],
  );

  for (const [title, [item, problem]] of Object.entries(unspeakable)) {
    it(`formatNdjson() fails on ${title}, and names the item`, async () => {
      const run = pipeline(['fine', item], formatNdjson(), toArray());
      const { cause, stage } = await stageFailure(run);
      expect(stage).to.deep.equal({ name: 'formatNdjson', position: 1 });
      expect(cause)
        .to.be.instanceOf(FormatError)
        .that.includes({
          code: 'ERR_SLUICE_FORMAT',
          index: 1,
          message: `item 1 ${problem}`,
        });
    });
  }

  it('formatNdjson() keeps what toJSON or a getter threw as the cause', async () => {
    const thrown = new RangeError('no');
    const item = {
      toJSON: () => {
        throw thrown;
      },
    };
    const { cause } = await stageFailure(pipeline([item], formatNdjson(), toArray()));
    expect((cause as FormatError).message).to.equal('item 0 cannot be written as JSON: no');
    expect((cause as FormatError).cause).to.equal(thrown);
  });

  coalesces(
    'formatNdjson()',
    () => formatNdjson(),
    (item) => `${JSON.stringify(item)}\n`,
  );
});
