import { Readable, Transform, Writable } from 'streamx';

/** The same streams as of node-streams.ts, of streamx. */
export const transform = <A, B>(fn: (item: A) => B): Transform =>
  new Transform({
    transform(item, done) {
      done(null, fn(item as A));
    },
  });

export const writable = <A>(fn: (item: A) => void): Writable =>
  new Writable({
    write(item, done) {
      fn(item as A);
      done(null);
    },
  });

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
