import { Readable, Writable } from 'node:stream';
import { readableStream, streamx } from '../foreign.js';
import { type Kind, part } from '../kind.js';

/** A plain Readable and a plain Writable of a package that has Node's classes. */
const ends = (
  name: string,
  streams: { Readable: typeof Readable; Writable: typeof Writable },
): Kind => ({
  name,
  source: (chunks) => {
    const iterator = chunks[Symbol.iterator]();
    const read = function (this: Readable): void {
      const { value, done } = iterator.next();
      setImmediate(() => this.push(done ? null : value));
    };
    return part(new streams.Readable({ read, highWaterMark: 1 }));
  },
  sink: () => {
    let bytes = 0;
    const stream = new streams.Writable({
      write: (chunk: Buffer, _encoding, callback) => {
        bytes += chunk.length;
        setImmediate(callback);
      },
    });
    return { stream, received: () => bytes };
  },
});

const streamxEnds: Kind = {
  name: 'streamx',
  source: (chunks) => {
    const iterator = chunks[Symbol.iterator]();
    return part(
      new streamx.Readable({
        read(done) {
          const { value, done: isOver } = iterator.next();
          this.push(isOver ? null : value);
          setImmediate(done, null);
        },
      }),
    );
  },
  sink: () => {
    let bytes = 0;
    const stream = new streamx.Writable({
      write: (chunk, done) => {
        bytes += chunk.length;
        setImmediate(done, null);
      },
    });
    return { stream, received: () => bytes };
  },
};

export const plainEnds: readonly Kind[] = [
  ends('node:stream', { Readable, Writable }),
  ...['2', '3', '4'].map((version) => ends(`readable-stream ${version}`, readableStream(version))),
  streamxEnds,
];
