import { Writable } from 'node:stream';
import { expect } from 'chai';
import { map } from '../../../lib/operators/map.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { quiet } from '../../helpers/quiet.js';
import { rejection } from '../../helpers/rejection.js';

interface Written {
  readonly chunk: unknown;
}

/** Notes what each call brings. */
class Calls extends Writable {
  readonly all: string[][] = [];

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    this.all.push([String(chunk)]);
    done();
  }

  override _writev(items: Written[], done: () => void): void {
    this.all.push(items.map(({ chunk }) => String(chunk)));
    done();
  }
}

const MANY = 1000;
const expected = Array.from({ length: MANY }, (_, x) => `${x}\n`);

describe('a stream of bytes that takes many pieces in one call', () => {
  noUnhandled();

  it('gets in few calls what comes in one go', async () => {
    const to = new Calls();
    await pipeline(
      range(0, MANY),
      map((x) => `${x}\n`),
      to,
    );
    expect(to.all.flat()).to.deep.equal(expected);
    expect(to.all.length).to.be.below(MANY / 10);
  });

  it('gets an item without waiting for the next', async () => {
    const to = new Calls();
    async function* slowly() {
      for (const item of ['a', 'b', 'c']) {
        yield item;
        await quiet(() => to.all.length);
        expect(to.all.at(-1)).to.deep.equal([item]);
      }
    }
    await pipeline(slowly(), to);
  });

  it('gets what comes before a failure', async () => {
    const to = new Calls();
    const failing = map((x: number) => {
      if (x === 3) throw new Error('broken on purpose');
      return `${x}\n`;
    });
    await rejection(pipeline(range(0, 9), failing, to));
    expect(to.all.flat()).to.deep.equal(expected.slice(0, 3));
  });

  it('holds no more than its highWaterMark', async () => {
    const to = new Writable({ highWaterMark: 100, write() {}, writev() {} });
    const run = rejection(
      pipeline(
        range(0, MANY),
        map((x) => `${x % 10}234567890`),
        to,
      ),
    );
    await quiet(() => to.writableLength);
    expect(to.writableLength).to.equal(100);
    to.destroy();
    await run;
  });

  it('that is to stay open has got everything when the run settles', async () => {
    const to = new Calls();
    await pipeline(
      range(0, MANY),
      map((x) => `${x}\n`),
      to,
      { end: false },
    );
    expect(to.all.flat()).to.deep.equal(expected);
    expect(to.writableCorked).to.equal(0);
    to.destroy();
  });
});

describe('a stream of objects', () => {
  it('gets them one by one', async () => {
    const to = new Calls({ objectMode: true });
    await pipeline(
      range(0, 3),
      map((x) => `${x}\n`),
      to,
    );
    expect(to.all).to.deep.equal([['0\n'], ['1\n'], ['2\n']]);
  });
});
