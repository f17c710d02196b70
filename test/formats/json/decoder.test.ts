import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson } from '../../../lib/formats/parse-json.js';
import type { ParseError } from '../../../lib/formats/text/parse-error.js';
import { push } from '../../../lib/push/push.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { quiet } from '../../helpers/quiet.js';
import { stageFailure } from '../../helpers/rejection.js';
import { anyLengths, split } from '../../helpers/splits.js';

/** What comes out, and what goes wrong where. */
async function outcome(chunks: Iterable<Buffer>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const onError = (error: unknown): unknown => [(error as ParseError).message];
  const stage = parseJson({ path: '*', onError });
  const run = pipeline(
    chunks,
    stage,
    forEach((item) => void seen.push(item)),
  );
  const failure = await run.then(
    () => undefined,
    async (error) => (await stageFailure(Promise.reject(error))).cause,
  );
  return [...seen, failure && { ...(failure as ParseError), message: (failure as Error).message }];
}

describe('json-decoder', () => {
  it('parseJson() gives the same items and the same failure however the bytes are split', async () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '{"a":',
      '}',
      ',',
      '1',
      '-2.5',
      '"é😀',
      '"',
      'null',
      'true',
      '\n',
      'x',
    );
    const text = fc
      .array(part, { maxLength: 20 })
      .map((parts) => `[1,{"b":null},\n${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, anyLengths, async (all, lengths) => {
        const bytes = Buffer.from(all);
        expect(await outcome(split(bytes, lengths))).to.deep.equal(await outcome([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('parseJson() finds the same invalid byte however the bytes are split', async () => {
    const byte = fc.constantFrom(
      0x41,
      0xff,
      0xc3,
      0xa9,
      0xe2,
      0x82,
      0xac,
      0xf0,
      0x9f,
      0x98,
      0x80,
      0xed,
      0xa0,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(byte), anyLengths, async (all, lengths) => {
        const bytes = Buffer.concat([Buffer.from('[1,\n"é'), Buffer.from(all), Buffer.from('"]')]);
        const expected = await outcome([bytes]);
        expect(await outcome(split(bytes, lengths))).to.deep.equal(expected);
        const text = bytes.toString();
        if (Buffer.compare(Buffer.from(text), bytes) === 0)
          expect(expected.at(-1)).to.equal(undefined);
        else expect(expected.at(-1)).to.include({ line: 2, code: 'ERR_SLUICE_PARSE' });
      }),
      { numRuns: 300 },
    );
  });

  it('send() to parseJson() answers a piece of an item once the item has ended', async () => {
    for (const [first, second, item] of [
      ['[{"a":', '1}', { a: 1 }],
      ['["a', 'b"', 'ab'],
      ['[1', '2,3,', 3],
      ['[tru', 'e ', true],
    ] as const) {
      const producer = push(parseJson(), (item) => item);
      const answers: unknown[] = [];
      const sent = producer.send(first).then((answer) => answers.push(answer));
      expect(await quiet(() => answers.length)).to.equal(0);
      expect(await producer.send(second)).to.deep.equal(item);
      await sent;
      producer.destroy();
    }
  });

  it('parseJson() finds the place of a null far behind, however the bytes are split', async () => {
    const items = '"é😀",\n'.repeat(20_000);
    const bytes = Buffer.from(`[${items}null]`);
    for (const lengths of [[bytes.length], [65_536, 7], [3]]) {
      const { cause } = await stageFailure(
        pipeline(
          split(bytes, lengths),
          parseJson(),
          forEach(() => undefined),
        ),
      );
      expect(cause).to.include({ line: 20_001, column: 1, byte: bytes.length - 5 });
    }
  });
});
