import { validateCount } from '../../core/base/validate.js';
import type { Batch } from '../text/decoded-items.js';
import { quoteChar } from '../text/excerpt.js';
import { type TextOptions, validateInvalidUtf8 } from '../text/line-decoder.js';
import { needPackage } from '../text/load-package.js';
import { ParseError } from '../text/parse-error.js';
import { TextBytes } from '../text/text-bytes.js';
import { TextTrail } from '../text/text-trail.js';
import { Utf8Text } from '../text/utf8-text.js';
import { JsonCheck, type JsonFault } from './check.js';
import { JsonItems } from './items.js';
import { type JsonPath, jsonPath } from './path.js';
import { nullItem } from './value.js';

/** Which values of a JSON document become items. */
export interface JsonReading extends Pick<TextOptions, 'invalidUtf8'> {
  /**
   * The path of the items: names with dots between them; `*` matches any name. An array at the path gives its elements,
   * any other value is one item. Default: the whole document.
   */
  readonly path?: string | undefined;
  /**
   * The maximum size of an item in bytes, not counting the piece of at most 64 KiB in which it begins; an integer from
   * 1. Default 64 Mi.
   */
  readonly maxItemBytes?: number | undefined;
}

/** The names of these options. */
export const JSON_READING = ['path', 'maxItemBytes', 'invalidUtf8'] as const;

/** How many bytes are read at a time, so that a huge chunk does not become millions of items at once. */
const WINDOW = 65_536;
const MAX_ITEM_BYTES = 64 * 1024 * 1024;
const BOM = '\ufeff';
/** A text that ends with a complete token. After any other character, a number or word may continue. */
const TOKEN_END = /[\s[\]{}:,"]$/;

/**
 * Turns bytes into the values at a path in JSON documents. Several documents may follow one another. Invalid JSON
 * throws `ParseError` after the values before it.
 */
export class JsonDecoder {
  readonly #path: JsonPath;
  readonly #maxItemBytes: number;
  readonly #bytes = new TextBytes();
  readonly #utf8: Utf8Text;
  readonly #trail = new TextTrail();
  #reading: { readonly items: JsonItems; readonly check: JsonCheck } | undefined;
  #itemBytes = 0;
  #chunks = 0;
  /** How many chunks contain bytes of the value that continues after the latest chunk. */
  #span = 0;
  #endsWithToken = true;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT: an option is out of range. The message begins with `who`. */
  constructor(
    who: string,
    { path, maxItemBytes = MAX_ITEM_BYTES, invalidUtf8 = 'fail' }: JsonReading = {},
  ) {
    validateCount(who, 'maxItemBytes', maxItemBytes, 1);
    needPackage(who, 'stream-json/parser.js');
    validateInvalidUtf8(who, invalidUtf8);
    this.#path = jsonPath(who, path);
    this.#utf8 = new Utf8Text(invalidUtf8);
    this.#maxItemBytes = maxItemBytes;
  }

  /** How many of the latest chunks contain bytes of an unfinished value. */
  get chunks(): number {
    return this.#chunks;
  }

  /** The values that end in this chunk. The caller reads them to the end before the next call. */
  *write(chunk: Uint8Array | string): Generator<Batch> {
    const bytes = this.#bytes.take(chunk);
    this.#span = this.#chunks + 1;
    this.#countChunks();
    for (let from = 0; from < bytes.length; from += WINDOW) {
      yield* this.#decode(bytes.subarray(from, from + WINDOW), false);
    }
  }

  /** The last value, if only the end of the input ends it, as with a number. */
  *end(): Generator<Batch> {
    const { items, check } = this.#reader();
    yield* this.#decode(this.#bytes.end(), true);
    this.#chunks = 0;
    const fault = check.end();
    yield this.#batch(items.end(!fault), this.#trail.length);
    if (fault) throw this.#error(fault);
    if (items.found || this.#trail.length === 0 || this.#path.length === 0) return;
    throw new ParseError(this.#trail.end, `there is no ${this.#path.join('.')} in the input`);
  }

  #countChunks(): void {
    const isOpen = this.#reader().items.open || !this.#endsWithToken;
    this.#chunks = isOpen || this.#bytes.holds || this.#utf8.holds ? this.#span : 0;
  }

  /** Loads the packages when the first bytes arrive. */
  #reader(): { readonly items: JsonItems; readonly check: JsonCheck } {
    this.#reading ??= { items: new JsonItems(this.#path), check: new JsonCheck() };
    return this.#reading;
  }

  *#decode(bytes: Buffer, isLast: boolean): Generator<Batch> {
    const { text, invalid } = this.#utf8.decode(bytes, isLast);
    yield* this.#read(this.#withoutBom(text), bytes.length);
    if (invalid) throw new ParseError(this.#trail.end, invalid);
  }

  #withoutBom(text: string): string {
    if (this.#trail.length > 0 || !text.startsWith(BOM)) return text;
    this.#trail.skip(Buffer.byteLength(BOM));
    return text.slice(BOM.length);
  }

  *#read(text: string, bytes: number): Generator<Batch> {
    const { items, check } = this.#reader();
    const start = this.#trail.length;
    const fault = check.read(text);
    this.#trail.add(text);
    const wasOpen = items.open;
    const good = fault ? text.slice(0, Math.max(0, fault.unit - start)) : text;
    const batches = [...this.#batches(good, start)];
    if (text.trim() !== '') this.#endsWithToken = TOKEN_END.test(text);
    if (batches.length > 0) this.#span = 1;
    this.#countChunks();
    yield* batches;
    if (fault) {
      yield this.#batch(items.end(false), start + good.length);
      throw this.#error(fault);
    }
    this.#itemBytes = wasOpen && items.open && batches.length === 0 ? this.#itemBytes + bytes : 0;
    if (this.#itemBytes <= this.#maxItemBytes) return;
    const problem = `the item is longer than maxItemBytes, ${this.#maxItemBytes}`;
    throw new ParseError(this.#trail.end, problem);
  }

  /** Splits the text before each `null`: tokens have no position, and so the error about a `null` item gets one. */
  *#batches(text: string, start: number): Generator<Batch> {
    let unit = start;
    for (const piece of text.split(/(?=null)/)) {
      const values = this.#reader().items.read(piece);
      if (values.length > 0) yield this.#batch(values, unit);
      unit += piece.length;
    }
  }

  /**
   * `unit`: where the piece begins that ended these values. A `null` among them begins there or, if it was pending,
   * just before.
   */
  #batch(values: readonly unknown[], unit: number): Batch {
    return {
      length: values.length,
      item: (at) => {
        if (values[at] === null) throw nullItem(this.#trail.pass('null', unit - 'null'.length));
        return values[at];
      },
      input: () => 'null',
    };
  }

  #error({ unit, problem }: JsonFault): ParseError {
    const found = this.#trail.char(unit);
    const what = found === '' ? 'the end' : quoteChar(found, 0);
    const needsFound = problem.startsWith('expected');
    return new ParseError(
      this.#trail.place(unit),
      needsFound ? `${problem}, found ${what}` : problem,
    );
  }
}
