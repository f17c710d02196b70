import { Readable } from 'node:stream';
import { from } from '../../lib/sources/from.js';
import type { SourceLike } from '../../lib/streams/types.js';

/** The kinds of things that can be read, each giving `items`. */
export const kinds = {
  'an array': <T>(items: readonly T[]): SourceLike<T> => [...items],
  'a generator': <T>(items: readonly T[]): SourceLike<T> =>
    (function* () {
      yield* items;
    })(),
  'an async generator function': <T>(items: readonly T[]): SourceLike<T> =>
    async function* () {
      yield* items;
    },
  'a Readable': <T>(items: readonly T[]): SourceLike<T> => Readable.from(items),
  'a source': <T>(items: readonly T[]): SourceLike<T> => from([...items]),
  'a source used as a stream': <T>(items: readonly T[]): SourceLike<T> => {
    const source = from([...items]);
    source.on('error', () => {});
    return source;
  },
};
