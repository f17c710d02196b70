import {
  brotliCompressSync,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflateRaw,
  createGunzip,
  createGzip,
  createInflateRaw,
  gunzipSync,
  gzipSync,
} from 'node:zlib';
import { expect } from 'chai';
import { lines } from '../../lib/formats/lines.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const LINES = 20_000;
const line = () => map((x: number) => `line ${x}\n`);
const all = Array.from({ length: LINES }, (_, x) => `line ${x}`);
const whole = Buffer.from(`${all.join('\n')}\n`);

describe('compression in the middle of a pipeline', () => {
  noUnhandled();

  it('makes gzip that others can read', async () => {
    const parts = await pipeline(range(0, LINES), line(), createGzip(), toArray<Buffer>());
    expect(gunzipSync(Buffer.concat(parts)).equals(whole)).to.equal(true);
  });

  for (const [what, bytes, decompress] of [
    ['gzip', gzipSync(whole), createGunzip],
    ['brotli', brotliCompressSync(whole), createBrotliDecompress],
  ] as const) {
    it(`reads ${what} in parts of any size`, async () => {
      const parts = function* () {
        for (let at = 0; at < bytes.length; at += 1009) yield bytes.subarray(at, at + 1009);
      };
      expect(await pipeline(parts, decompress(), lines(), toArray())).to.deep.equal(all);
    });
  }

  it('goes there and back again, several times over', async () => {
    const result = await pipeline(
      range(0, LINES),
      line(),
      createGzip(),
      createGunzip(),
      createBrotliCompress({ params: {} }),
      createBrotliDecompress(),
      createDeflateRaw(),
      createInflateRaw(),
      lines(),
      toArray(),
    );
    expect(result).to.deep.equal(all);
  });

  it('ends the source when what is behind it ends early', async () => {
    const counted = new Counted();
    const gzip = createGzip();
    const gunzip = createGunzip();
    const first = await pipeline(
      counted.later(),
      line(),
      gzip,
      gunzip,
      lines(),
      take(1),
      toArray(),
    );
    expect(first).to.deep.equal(['line 0']);
    expect(counted.closed).to.equal(true);
    expect([gzip.closed, gunzip.closed]).to.deep.equal([true, true]);
  });

  for (const [what, bytes, code] of [
    ['is broken', Buffer.from('this is not gzip'), 'Z_DATA_ERROR'],
    ['breaks off', gzipSync(whole).subarray(0, 1000), 'Z_BUF_ERROR'],
  ] as const) {
    it(`that ${what} fails the run with ${code}, untouched`, async () => {
      const gunzip = createGunzip();
      const error = await rejection(pipeline([bytes], gunzip, lines(), toArray()));
      expect(error).to.include({ code }).and.not.have.property('suppressed');
      expect(gunzip.closed).to.equal(true);
    });
  }
});
