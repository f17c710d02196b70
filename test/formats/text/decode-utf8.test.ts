import { expect } from 'chai';
import fc from 'fast-check';
import { decodeUtf8 } from '../../../lib/formats/text/decode-utf8.js';
import { anyBytes, anyText } from '../../helpers/splits.js';

const slow = new TextDecoder('utf-8', { ignoreBOM: true });

/** Sizes on both sides of each at which another way is taken. */
const sizes = fc.constantFrom(
  0,
  1_000,
  1_023,
  1_024,
  1_025,
  5_000,
  2 ** 20 - 30,
  2 ** 20,
  2 ** 20 + 1,
);

describe('decodeUtf8', () => {
  const kinds: [title: string, part: fc.Arbitrary<Buffer>][] = [
    ['ASCII', fc.string({ unit: 'binary-ascii' }).map((text) => Buffer.from(text))],
    ['valid text', anyText.map((text) => Buffer.from(text))],
    ['any bytes', anyBytes],
  ];
  for (const [title, part] of kinds) {
    it(`gives for ${title} of every size what the decoder of the platform gives`, () => {
      fc.assert(
        fc.property(sizes, part, part, (size, start, end) => {
          const bytes = Buffer.concat([start, Buffer.alloc(size, 'x'), end]);
          if (decodeUtf8(bytes) !== slow.decode(bytes)) expect.fail(`${start.toJSON()} ${size}`);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('gives every character of a large block', () => {
    const text = Array.from({ length: 0x1_1000 / 16 }, (_, n) => String.fromCodePoint(n * 16)).join(
      '',
    );
    const wellFormed = text.toWellFormed();
    expect(decodeUtf8(Buffer.from(wellFormed))).to.equal(wellFormed);
  });
});
