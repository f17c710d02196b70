import type { Duplex } from 'node:stream';
import type * as Zlib from 'node:zlib';
import { badUsage } from '../errors/command-error.js';
import { ZstdFrames } from './zstd-frames.js';

/** A compression, which a file has if its name ends with `ending`. */
export interface Compression {
  readonly ending: string;
  /** The first bytes of everything compressed, if they are always the same. */
  readonly magic: Buffer | undefined;
  /** Whether it has an end after which nothing can be added. */
  readonly isWhole?: true;
  compress(zlib: typeof Zlib): Duplex;
  decompress(zlib: typeof Zlib): Duplex;
  /** Decompresses the first bytes of a file, however many there are. */
  head?(zlib: typeof Zlib, bytes: Buffer): Buffer;
}

/** The default of brotli, 11, is for files that are compressed once: it is about fifty times slower than this. */
const BROTLI_QUALITY = 5;

/** The value of ZSTD_e_flush: the input may continue. */
const ZSTD_FLUSH = 1;

/** Some versions of Node that the package supports have no zstd, so the types have none. */
interface Zstd {
  createZstdCompress?(): Duplex;
  createZstdDecompress?(): Duplex;
  zstdDecompressSync?(bytes: Buffer, options: { finishFlush: number }): Buffer;
}

/** The versions of Node that have zstd. */
export const ZSTD_NEEDS = 'Node 22.15 or later (23.8 or later of Node 23)';

const needZstd = (make: (() => Duplex) | undefined): Duplex => {
  if (make) return make();
  throw badUsage(`.zst needs ${ZSTD_NEEDS}; this is Node ${process.versions.node}`);
};

export const compressions: readonly Compression[] = [
  {
    ending: '.gz',
    magic: Buffer.of(0x1f, 0x8b),
    compress: (zlib) => zlib.createGzip(),
    decompress: (zlib) => zlib.createGunzip(),
    head: (zlib, bytes) => zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  },
  {
    ending: '.br',
    isWhole: true,
    magic: undefined,
    compress: (zlib) =>
      zlib.createBrotliCompress({
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      }),
    decompress: (zlib) => zlib.createBrotliDecompress(),
  },
  {
    ending: '.zst',
    magic: Buffer.of(0x28, 0xb5, 0x2f, 0xfd),
    compress: (zlib) => needZstd((zlib as Zstd).createZstdCompress),
    decompress: (zlib) => new ZstdFrames(() => needZstd((zlib as Zstd).createZstdDecompress)),
    head: (zlib, bytes) =>
      (zlib as Zstd).zstdDecompressSync?.(bytes, { finishFlush: ZSTD_FLUSH }) ?? bytes,
  },
];

/** The compression of bytes that begin with `head`. Brotli has no magic bytes, so it is never detected. */
export function detect(head: Buffer): Compression | 'too short' | undefined {
  for (const compression of compressions) {
    const { magic } = compression;
    if (!magic) continue;
    const known = Math.min(magic.length, head.length);
    if (magic.compare(head, 0, known, 0, known) !== 0) continue;
    return known === magic.length ? compression : 'too short';
  }
  return undefined;
}
