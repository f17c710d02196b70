import { requireCount } from '../core/require.js';
import type { Batch } from './decoded-items.js';
import { JsonCutter } from './json-cutter.js';
import { type JsonPath, jsonPath } from './json-path.js';
import { type JsonPiece, parsePiece } from './json-piece.js';
import { ParseError } from './parse-error.js';
import { TextBytes } from './text-bytes.js';

/** What of a JSON document becomes items. */
export interface JsonReading {
  /**
   * Where the items are: names with dots between them, of which `*` stands for any. An array there gives its elements,
   * anything else is one item. Default: the whole document.
   */
  readonly path?: string | undefined;
  /** The longest that an item may be, in bytes; an integer from 1. Default 64 Mi. */
  readonly maxItemBytes?: number | undefined;
}

/** Their names. */
export const JSON_READING = ['path', 'maxItemBytes'] as const;

/** This much is cut at a time, so that one huge chunk does not become millions of items at once. */
const WINDOW = 65_536;
const MAX_ITEM_BYTES = 64 * 1024 * 1024;

/**
 * Turns bytes into the values on a path in JSON documents, each parsed when it is asked for. Several documents may
 * follow each other. What is not on the path is skipped: only its brackets and quotes are looked at.
 */
export class JsonDecoder {
  readonly #path: JsonPath;
  readonly #cutter: JsonCutter;
  readonly #text = new TextBytes();
  #chunks = 0;
  #isEmpty = true;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT, beginning with `who`: an option is out of range. */
  constructor(who: string, { path, maxItemBytes = MAX_ITEM_BYTES }: JsonReading = {}) {
    requireCount(who, 'maxItemBytes', maxItemBytes, 1);
    this.#path = jsonPath(who, path);
    this.#cutter = new JsonCutter(this.#path, maxItemBytes);
  }

  /** How many of the latest chunks hold bytes of a value that has not ended. */
  get chunks(): number {
    return this.#chunks;
  }

  /** The values that end in this chunk; to be read to the end before the next call. */
  *write(chunk: Uint8Array | string): Generator<Batch> {
    const bytes = this.#text.take(chunk);
    const before = this.#chunks;
    for (let from = 0; from < bytes.length; from += WINDOW) {
      yield* this.#cut(bytes.subarray(from, from + WINDOW));
    }
    this.#chunks = this.#cutter.open || this.#text.holds ? before + 1 : 0;
  }

  /** The last value, if only the end of the input ends it. */
  *end(): Generator<Batch> {
    this.#chunks = 0;
    yield* this.#cut(this.#text.end());
    const pieces: JsonPiece[] = [];
    this.#cutter.cutLast(pieces);
    yield batchOf(pieces);
    this.#cutter.end();
    if (this.#cutter.found || this.#isEmpty || this.#path.length === 0) return;
    throw new ParseError(this.#cutter.place(), `there is no ${this.#path.join('.')} in the input`);
  }

  /** What is wrong with the document is told after the values before it. */
  *#cut(bytes: Buffer): Generator<Batch> {
    const pieces: JsonPiece[] = [];
    let failure: { readonly error: unknown } | undefined;
    try {
      this.#cutter.cut(bytes, pieces);
    } catch (error) {
      failure = { error };
    }
    this.#isEmpty &&= bytes.length === 0;
    yield batchOf(pieces);
    if (failure) throw failure.error;
    this.#cutter.pass();
  }
}

const batchOf = (pieces: readonly JsonPiece[]): Batch => ({
  length: pieces.length,
  item: (at) => parsePiece(pieces[at] as JsonPiece),
  input: (at) => (pieces[at] as JsonPiece).bytes.toString(),
});
