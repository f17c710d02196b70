import { anItem, Callback } from '../../core/policy/callback.js';
import type { OnError } from '../../core/policy/on-error.js';
import type { Context } from '../../core/protocol/context.js';
import { stage } from '../../streams/define.js';
import type { Stage } from '../../streams/stage.js';
import type { NameOptions } from '../../streams/types.js';
import { type Batch, DecodedItems, GuardedItems } from './decoded-items.js';
import { tellsLine } from './latest-line.js';

/** Turns chunks into pieces of text, and holds what has not ended. */
export interface Decoder {
  /** How many of the latest chunks are held in part. */
  readonly chunks: number;
  /** The pieces that end in this chunk; to be read to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<Batch>;
  end(): Iterable<Batch>;
}

/** Options of every stage that reads text: `T` is what an item is. */
export interface ParserOptions<T = unknown> extends NameOptions {
  /**
   * What becomes of bad input. `fail`: the run fails, after the items before it. `skip`: it is dropped. A function
   * `(error, input) => ...` answers the item instead. A `deadLetter` takes `{ item, error }`, where `item` is the input.
   * Default `fail`.
   */
  readonly onError?: OnError<string, T> | undefined;
}

/** The stage of a decoder. What is cut short by a graceful stop is dropped. */
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
  return tellsLine(made, () => latest?.line);
}

const call = <T>(make: () => T, _input: string, _context: Context): T => make();
