import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { createGunzip, createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  forEach,
  formatNdjson,
  lines,
  map,
  parseNdjson,
  pipeline,
  range,
  toArray,
} from '../../lib/index.js';

const numbers = Array.from({ length: 20_000 }, (_, n) => `{"n":${n}}\n`).join('');

describe('stop', () => {
  it('lets a decompressor end in the middle, with what it has given', async () => {
    const stop = new AbortController();
    const source = new PassThrough();
    const zipped = gzipSync(numbers, { level: 0 });
    source.write(zipped.subarray(0, zipped.length / 2));
    let count = 0;
    const taken = forEach(() => {
      count += 1;
      if (count === 100) stop.abort();
    });
    await pipeline(source, createGunzip(), lines(), taken, { stop: stop.signal });
    expect(count).to.be.within(100, 19_999);
  });

  it('gives no half line', async () => {
    const stop = new AbortController();
    const source = new PassThrough();
    source.write('{"n":1}\n{"n":');
    const seen = forEach(() => stop.abort());
    await pipeline(source, parseNdjson(), seen, { stop: stop.signal });
    expect(source.destroyed).to.equal(true);
  });

  it('lets a compressor on the way out finish', async () => {
    const stop = new AbortController();
    const zip = createGzip();
    const stopAt = map((n: number) => {
      if (n === 50) stop.abort();
      return n;
    });
    const chunks = await pipeline(range(0, Infinity), stopAt, formatNdjson(), zip, toArray(), {
      stop: stop.signal,
    });
    const text = gunzipSync(Buffer.concat(chunks as Buffer[])).toString();
    expect(text.split('\n').slice(49, 52)).to.deep.equal(['49', '50', '']);
  });

  it('a decompressor whose input really ends too soon is a failure', async () => {
    const source = new PassThrough();
    source.end(gzipSync(numbers).subarray(0, 100));
    const closed = once(source, 'close');
    const run = pipeline(source, createGunzip(), lines(), toArray());
    const error = await run.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.have.property('code', 'Z_BUF_ERROR');
    await closed;
  });
});
