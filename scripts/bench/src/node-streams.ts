import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A plain object-mode `Transform` that maps each item. */
export const transform = <A, B>(fn: (item: A) => B): Transform =>
  new Transform({
    objectMode: true,
    transform(item, _encoding, done) {
      done(null, fn(item));
    },
  });

/** A plain object-mode `Transform` that keeps the items that pass. */
export const keep = <A>(test: (item: A) => boolean): Transform =>
  new Transform({
    objectMode: true,
    transform(item, _encoding, done) {
      if (test(item)) done(null, item);
      else done();
    },
  });

/** A plain object-mode `Writable`. */
export const writable = <A>(fn: (item: A) => void): Writable =>
  new Writable({
    objectMode: true,
    write(item, _encoding, done) {
      fn(item);
      done();
    },
  });

/** A plain object-mode `Writable` that sums numbers. */
export class Total extends Writable {
  sum = 0;

  constructor() {
    super({ objectMode: true });
  }

  override _write(x: number, _encoding: BufferEncoding, done: () => void): void {
    this.sum += x;
    done();
  }
}

/** The integers below `items` as a plain object-mode `Readable`. It pushes until `push` returns false. */
export function readable(items: number): Readable {
  let next = 0;
  return new Readable({
    objectMode: true,
    read() {
      while (next < items) {
        next += 1;
        if (!this.push(next - 1)) return;
      }
      this.push(null);
    },
  });
}

/** The sum of the output of the last of `stages`. */
export async function sum(source: Readable, ...stages: Transform[]): Promise<number> {
  const total = new Total();
  await pipeline([source, ...stages, total]);
  return total.sum;
}
