import type { Duplex } from 'node:stream';
import type { Opener, Through } from '../core/chain.js';
import type { Host } from '../core/host.js';
import { Loop } from '../core/loop.js';
import type { Pull, Pulled } from '../core/pull.js';
import { StreamPull } from './read-stream.js';
import { writeStream } from './write-stream.js';

/** A duplex stream of the user's between two segments: a loop of its own writes into it, the next one reads from it. */
export function throughDuplex(stream: Duplex): Through {
  const { name } = stream.constructor;
  return {
    name,
    transparent: true,
    through: (upstream, host, ref) => new DuplexPull(stream, upstream, host, ref.position),
  };
}

class DuplexPull implements Pull<unknown> {
  readonly #writing: Loop;
  readonly #reading: StreamPull;

  constructor(stream: Duplex, upstream: Opener, host: Host, position: number) {
    const ref = { name: stream.constructor.name, position };
    this.#reading = new StreamPull(stream, host);
    this.#writing = new Loop(host.run, upstream, writeStream(stream), ref, {
      failed: (error) => host.fail(error),
      settled: () => {},
    });
    this.#writing.start();
  }

  pull(): Pulled<unknown> {
    return this.#reading.pull();
  }

  /** What writes goes first, so that it does not take the end of its stream for a failure. */
  async close(): Promise<void> {
    await this.#writing.cancel();
    await this.#reading.close();
  }
}
