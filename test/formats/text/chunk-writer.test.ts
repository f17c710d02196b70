import { expect } from 'chai';
import fc from 'fast-check';
import { ChunkWriter } from '../../../lib/formats/text/chunk-writer.js';

const FULL = 65_536;

/** Short and long, one byte a character and three, with surrogates on their own at the ends. */
const piece = fc
  .tuple(
    fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00', ''),
    fc.constantFrom(1, 5, 511, 512, 513, 30_000, FULL - 1, FULL, 3 * FULL),
  )
  .map(([text, times]) => `${text.repeat(times)}\n`);

describe('ChunkWriter', () => {
  it('gives in its chunks the bytes of all that was added', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.nat({ max: 5 }), (pieces, every) => {
        const writer = new ChunkWriter();
        const chunks: Buffer[] = [];
        pieces.forEach((text, at) => {
          writer.add(text);
          if (writer.full || at % 6 < every) chunks.push(writer.take());
        });
        chunks.push(writer.take());
        const expected = Buffer.from(pieces.join(''));
        expect(Buffer.concat(chunks).equals(expected)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is full at 64 KiB, however many characters those are', () => {
    for (const char of ['a', 'é', '€', '😀']) {
      const writer = new ChunkWriter();
      while (!writer.full) writer.add(`${char.repeat(20)}\n`);
      expect(writer.take().length).to.be.within(FULL, FULL + 3 * 600);
    }
  });

  it('leaves a chunk alone that was taken', () => {
    const writer = new ChunkWriter();
    writer.add('a'.repeat(1_000));
    const chunk = writer.take();
    writer.add('b'.repeat(1_000));
    expect(writer.take().toString()).to.equal('b'.repeat(1_000));
    expect(chunk.toString()).to.equal('a'.repeat(1_000));
  });

  it('gives an empty chunk when nothing was added', () => {
    expect(new ChunkWriter().take().length).to.equal(0);
  });
});
