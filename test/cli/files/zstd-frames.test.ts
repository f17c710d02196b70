import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as zlib from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { ZstdFrames } from '../../../lib/cli/files/zstd-frames.js';
import { rejection } from '../../helpers/rejection.js';
import { anyLengths, split } from '../../helpers/splits.js';

/** Not every Node that this runs on has it. */
const { createZstdDecompress, zstdCompressSync, zstdDecompressSync } = zlib as {
  createZstdDecompress?: typeof zlib.createGunzip;
  zstdCompressSync?: typeof zlib.gzipSync;
  zstdDecompressSync?: typeof zlib.gunzipSync;
};

/** Node 22 gives what there is of a frame. */
function tells(cut: Buffer): boolean {
  try {
    zstdDecompressSync?.(cut);
    return false;
  } catch {
    return true;
  }
}

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

    it('fails where the last frame is none, or is cut off, if Node tells that', async () => {
      const frame = zstdCompressSync('some text');
      const cut = frame.subarray(0, -1);
      const bads = [...(tells(cut) ? [cut] : []), Buffer.from('no frame')];
      for (const bad of bads) {
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
