import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { InputMeter } from '../../../lib/cli/input/input-meter.js';
import { from, pipeline, toArray } from '../../../lib/index.js';

const metered = (bytes: Uint8Array, total: number | undefined): InputMeter => {
  const meter = new InputMeter(total);
  Readable.from([bytes], { objectMode: false }).pipe(meter);
  return meter;
};

describe('InputMeter', () => {
  it('hands on what is small in pieces, and counts those that have been taken', async () => {
    const bytes = Buffer.from('x'.repeat(1300));
    const meter = metered(bytes, bytes.length);
    const seen: number[] = [];
    const pieces = await pipeline(
      from<Buffer>(meter),
      async function* count(items: AsyncIterable<Buffer>) {
        for await (const item of items) {
          seen.push(meter.bytes);
          yield item;
        }
      },
      toArray(),
    );
    expect(pieces.map(({ length }) => length)).to.deep.equal([512, 512, 276]);
    expect(seen[0]).to.be.below(1300);
    expect(seen.at(-1)).to.equal(1300);
    expect(Buffer.concat(pieces).equals(bytes)).to.equal(true);
  });

  it('hands on chunks as they are where it does not know how many bytes there are', async () => {
    const meter = metered(Buffer.alloc(5000), undefined);
    const pieces = await pipeline(from<Buffer>(meter), toArray());
    expect(pieces.map(({ length }) => length)).to.deep.equal([5000]);
    expect(meter.bytes).to.equal(5000);
    expect(meter.total).to.equal(undefined);
  });

  it('does not take the size of what has none for a total', () => {
    expect(new InputMeter(0).total).to.equal(undefined);
  });

  it('counts what is compressed, not what comes of it', async () => {
    const plain = Buffer.from('x'.repeat(100_000));
    const packed = gzipSync(plain);
    const meter = metered(packed, packed.length);
    const chunks = await pipeline(from<Buffer>(meter.pipe(createGunzip())), toArray());
    expect(Buffer.concat(chunks).equals(plain)).to.equal(true);
    expect(meter.bytes).to.equal(packed.length);
  });
});
