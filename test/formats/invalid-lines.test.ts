import { expect } from 'chai';
import fc from 'fast-check';
import type { LineBlock } from '../../lib/formats/text/line-block.js';
import { LineDecoder } from '../../lib/formats/text/line-decoder.js';
import { slowFindInvalid, slowLines } from '../helpers/slow-lines.js';
import { anyBytes, anyLengths, split } from '../helpers/splits.js';

function* blocks(chunks: Iterable<Uint8Array>): Generator<LineBlock> {
  const decoder = new LineDecoder('test');
  for (const chunk of chunks) yield* decoder.write(chunk);
  yield* decoder.end();
}

describe('LineDecoder, amid invalid UTF-8', () => {
  it('names the invalid byte, and where it is', () => {
    const bytes = Buffer.concat([Buffer.from('é\n😀!'), Buffer.of(0xc3), Buffer.from('\n')]);
    const faults = [...blocks([bytes])].map(({ fault }) => fault?.message);
    expect(faults).to.deep.equal([
      undefined,
      'line 2, column 4 (byte 8): invalid UTF-8, byte 0xC3',
    ]);
  });

  it('gives every line when some are invalid, each of those alone, however the bytes are split', () => {
    fc.assert(
      fc.property(anyBytes, anyLengths, (bytes, lengths) => {
        const all = [...blocks(split(bytes, lengths))];
        const { lines } = slowLines(bytes, { replace: true });
        expect(all.flatMap((block) => block.lines)).to.deep.equal(lines);
        for (const { fault, lines: own, firstLine: line, byte, bytes: part } of all) {
          const invalid = slowFindInvalid(part);
          expect(fault?.byte).to.equal(invalid < 0 ? undefined : byte + invalid);
          if (fault) expect({ own: own.length, line: fault.line }).to.deep.equal({ own: 1, line });
        }
      }),
      { numRuns: 500 },
    );
  });
});
