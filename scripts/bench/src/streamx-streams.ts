import { pipelinePromise, Readable, Transform, Writable } from 'streamx';

/** The streams of node-streams.ts, made with streamx. */
export const transform = <A, B>(fn: (item: A) => B): Transform =>
  new Transform({
    transform(item, done) {
      done(null, fn(item as A));
    },
  });

export const keep = <A>(test: (item: A) => boolean): Transform =>
  new Transform({
    transform(item, done) {
      if (test(item as A)) done(null, item);
      else done(null, null);
    },
  });

export const writable = <A>(fn: (item: A) => void): Writable =>
  new Writable({
    write(item, done) {
      fn(item as A);
      done(null);
    },
  });

class Total extends Writable {
  sum = 0;

  override _write(x: unknown, done: (error: null) => void): void {
    this.sum += x as number;
    done(null);
  }
}

export function readable(items: number): Readable {
  let next = 0;
  return new Readable({
    read(done) {
      while (next < items) {
        next += 1;
        if (!this.push(next - 1)) return done(null);
      }
      this.push(null);
      done(null);
    },
  });
}

/** `Readable.from` of streamx takes async iterators only. */
export function fromIterator(source: Iterator<unknown>): Readable {
  return new Readable({
    read(done) {
      let next = source.next();
      while (!next.done && this.push(next.value)) next = source.next();
      if (next.done) this.push(null);
      done(null);
    },
  });
}

export async function sum(source: Readable, ...stages: Transform[]): Promise<number> {
  const total = new Total();
  await pipelinePromise(source, ...stages, total);
  return total.sum;
}
