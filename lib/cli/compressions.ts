import type { Duplex } from 'node:stream';
import type * as Zlib from 'node:zlib';
import { badUsage } from './command-error.js';

/** A way to make bytes fewer, told by the ending of a file's name. */
export interface Compression {
  readonly ending: string;
  compress(zlib: typeof Zlib): Duplex;
  decompress(zlib: typeof Zlib): Duplex;
}

/** Brotli's default, 11, is made for files that are compressed once: it is some fifty times slower than this. */
const BROTLI_QUALITY = 5;

/** Not every Node that this runs on has it, so neither do the types. */
interface Zstd {
  createZstdCompress?(): Duplex;
  createZstdDecompress?(): Duplex;
}

const needZstd = (make: (() => Duplex) | undefined): Duplex => {
  if (make) return make();
  throw badUsage(
    `.zst needs Node 22.15 or later (23.8 or later of Node 23); this is Node ${process.versions.node}`,
  );
};

export const compressions: readonly Compression[] = [
  {
    ending: '.gz',
    compress: (zlib) => zlib.createGzip(),
    decompress: (zlib) => zlib.createGunzip(),
  },
  {
    ending: '.br',
    compress: (zlib) =>
      zlib.createBrotliCompress({
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      }),
    decompress: (zlib) => zlib.createBrotliDecompress(),
  },
  {
    ending: '.zst',
    compress: (zlib) => needZstd((zlib as Zstd).createZstdCompress),
    decompress: (zlib) => needZstd((zlib as Zstd).createZstdDecompress),
  },
];
