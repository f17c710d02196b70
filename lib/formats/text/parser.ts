import { anItem, Callback } from '../../core/policy/callback.js';
import type { OnError } from '../../core/policy/on-error.js';
import type { Context } from '../../core/protocol/context.js';
import { stage } from '../../streams/define.js';
import type { Stage } from '../../streams/stage.js';
import type { NameOptions } from '../../streams/types.js';
import { type Batch, DecodedItems, GuardedItems } from './decoded-items.js';
import { withLatestLine } from './latest-line.js';

/** Turns chunks into pieces of text, and holds an unfinished piece. */
export interface Decoder {
  /** How many of the latest chunks are held in part. */
  readonly chunks: number;
  /** The pieces that end in this chunk. The caller reads them to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<Batch>;
  end(): Iterable<Batch>;
}

/** Options of every stage that reads text. `T`: the type of an item. */
export interface ParserOptions<T = unknown> extends NameOptions {
  /**
   * What happens to bad input. `fail`: the run fails, after the items before it. `skip`: the input is dropped. A
   * function `(error, input) => ...` returns the item instead. A `deadLetter` takes `{ item, error }`, where `item` is
   * the input. Default `fail`.
   */
  readonly onError?: OnError<string, T> | undefined;
}

/** Makes the stage of a decoder. A piece that a graceful stop cuts off is dropped. */
export function parser<T>(
  operator: string,
  decoder: Decoder,
  { name, onError }: ParserOptions<T>,
): Stage<Uint8Array | string, T> {
  const callback = new Callback(operator, call<T>, { onError }, anItem);
  let last: Context | undefined;
  let latest: DecodedItems | undefined;
  const items = (batches: Iterable<Batch>): Iterable<T> => {
    latest =
      callback.plain || !last
        ? new DecodedItems(batches)
        : new GuardedItems(batches, callback.fn, last);
    return latest as Iterable<unknown> as Iterable<T>;
  };
  const made = stage<Uint8Array | string, T>(
    operator,
    {
      expand: (chunk, context) => {
        last = context;
        return items(decoder.write(chunk));
      },
      end: (cut) => (cut ? [] : items(decoder.end())),
      held: () => decoder.chunks,
    },
    name === undefined ? {} : { name },
    undefined,
    callback,
  );
  return withLatestLine(made, () => latest?.line);
}

const call = <T>(make: () => T, _input: string, _context: Context): T => make();
