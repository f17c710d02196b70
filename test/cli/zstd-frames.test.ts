import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as zlib from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { ZstdFrames } from '../../lib/cli/zstd-frames.js';
import { rejection } from '../helpers/rejection.js';
import { anyLengths, split } from '../helpers/splits.js';

/** Not every Node that this runs on has it. */
const { createZstdDecompress, zstdCompressSync } = zlib as {
  createZstdDecompress?: typeof zlib.createGunzip;
  zstdCompressSync?: typeof zlib.gzipSync;
};

if (createZstdDecompress && zstdCompressSync) {
  const decompressed = (chunks: Iterable<Buffer>): Promise<Buffer> => {
    const frames = new ZstdFrames(createZstdDecompress);
    return buffer(
      Readable.from(chunks)
        .on('error', () => {})
        .pipe(frames),
    );
  };
  const texts = ['', 'a', 'some text', 'x'.repeat(200_000)];

  describe('ZstdFrames', () => {
    it('decompresses all frames, however the bytes are split', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 5 }),
          anyLengths,
          async (all, lengths) => {
            const bytes = Buffer.concat(all.map((text) => zstdCompressSync(text)));
            expect(String(await decompressed(split(bytes, lengths)))).to.equal(all.join(''));
          },
        ),
      );
    });

    it('fails where the last frame is cut off, and where it is none', async () => {
      const frame = zstdCompressSync('some text');
      for (const bad of [frame.subarray(0, -1), Buffer.from('no frame')]) {
        expect(await rejection(decompressed([Buffer.concat([frame, bad])]))).to.be.an('error');
      }
    });

    it('holds no more than its reader leaves it', async () => {
      const frames = new ZstdFrames(createZstdDecompress);
      frames.end(zstdCompressSync(Buffer.alloc(50_000_000)));
      await once(frames, 'readable');
      expect(frames.readableLength).to.be.below(1_000_000);
      frames.destroy();
    });
  });
}
