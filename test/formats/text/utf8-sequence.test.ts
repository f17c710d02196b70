import { expect } from 'chai';
import fc from 'fast-check';
import { findInvalid, sequenceLength, skipUnits } from '../../../lib/formats/text/utf8-sequence.js';
import { slowFindInvalid } from '../../helpers/slow-lines.js';
import { anyBytes } from '../../helpers/splits.js';

describe('sequenceLength', () => {
  it('is the length of every character', () => {
    for (const char of [
      '\0',
      '\x7f',
      '\x80',
      '߿',
      'ࠀ',
      '퟿',
      '\ue000',
      '\uffff',
      '𐀀',
      '\u{10ffff}',
    ]) {
      const bytes = Buffer.from(char);
      expect(sequenceLength(bytes, 0), char).to.equal(bytes.length);
    }
  });

  it('is negative for everything that is no character: one U+FFFD for that many bytes', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        let text = '';
        for (let at = 0; at < bytes.length; ) {
          const length = sequenceLength(bytes, at);
          text += length < 0 ? '\ufffd' : bytes.toString('utf8', at, at + length);
          at += Math.abs(length);
        }
        expect(text).to.equal(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with the decoder of the platform about every start of two bytes', () => {
    for (let pair = 0; pair <= 0xffff; pair += 1) {
      const bytes = Buffer.of(pair >> 8, pair & 0xff, 0x80, 0x80);
      const length = sequenceLength(bytes, 0);
      const replaced = new TextDecoder('utf-8', { ignoreBOM: true })
        .decode(bytes)
        .startsWith('\ufffd');
      if (length < 0 !== replaced) expect.fail(bytes.toString('hex'));
    }
  });
});

describe('findInvalid', () => {
  it('finds where the first invalid sequence begins, if there is any', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(findInvalid(bytes)).to.equal(slowFindInvalid(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('skipUnits', () => {
  it('finds the bytes of any character of a decoded text, invalid bytes among them or not', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat({ max: 20 }), (bytes, count) => {
        const text = bytes.toString();
        const before = Array.from(text).slice(0, count).join('');
        const at = skipUnits(bytes, 0, before.length);
        expect(bytes.subarray(0, at).toString()).to.equal(before);
      }),
      { numRuns: 1000 },
    );
  });
});
