import { quoteChar } from './excerpt.js';
import { HeldBytes } from './held-bytes.js';
import { closerOf, type Due, wanted } from './json-due.js';
import { JsonExtent } from './json-extent.js';
import { JsonFrames, type Role } from './json-frames.js';
import type { JsonPath } from './json-path.js';
import { type JsonPiece, parsePiece } from './json-piece.js';
import { ParseError, type Place } from './parse-error.js';
import { TextPosition } from './text-position.js';

/** A value whose end has not come. */
interface Begun {
  readonly role: Role | 'name';
  readonly extent: JsonExtent;
  /** In the chunk at hand, or before it. */
  start: number | Place;
}

const BOM = [0xef, 0xbb, 0xbf];
const EMPTY = Buffer.alloc(0);
const SPACES = ' \t\r\n';
const LONGEST_SEQUENCE = 4;

/** Cuts the values on a path out of JSON documents. */
export class JsonCutter {
  readonly #frames: JsonFrames;
  readonly #maxItemBytes: number;
  readonly #position = new TextPosition();
  readonly #held = new HeldBytes();
  #chunk: Buffer = EMPTY;
  #begun: Begun | undefined;
  #due: Due = 'document';
  /** Bytes of a byte order mark that have come. */
  #marked = 0;

  constructor(path: JsonPath, maxItemBytes: number) {
    this.#frames = new JsonFrames(path);
    this.#maxItemBytes = maxItemBytes;
  }

  /** Whether anything was at the path. */
  get found(): boolean {
    return this.#frames.found;
  }

  /** Whether a value has begun that has not ended. */
  get open(): boolean {
    return this.#begun !== undefined;
  }

  /** Adds the values that end in this chunk to `pieces`; throws `ParseError` where there is no document any more. */
  cut(chunk: Buffer, pieces: JsonPiece[]): void {
    this.#chunk = chunk;
    let at = this.#skipMark(chunk);
    while (at < chunk.length) {
      if (this.#begun) at = this.#goOn(this.#begun, at, pieces);
      else at = this.#begin(String.fromCharCode(chunk[at] as number), at);
    }
  }

  /** The pieces of the chunk have been dealt with. */
  pass(): void {
    this.#position.pass(this.#chunk);
    this.#chunk = EMPTY;
  }

  /** The input has ended: adds the value that it cuts short, or that only this ends. */
  cutLast(pieces: JsonPiece[]): void {
    const begun = this.#begun;
    if (!begun) return;
    if (begun.role !== 'item' && !begun.extent.isWord) this.#fail('the rest of a value', 0);
    this.#finish(begun, EMPTY, pieces);
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#due !== 'document') this.#fail(wanted(this.#due, this.#frames.innermost), 0);
  }

  place(at = 0): Place {
    return this.#position.place(this.#chunk, at);
  }

  #fail(expected: string, at: number): never {
    const rest = this.#chunk.toString('utf8', at, at + LONGEST_SEQUENCE);
    const found = rest === '' ? 'the end' : quoteChar(rest, 0);
    throw new ParseError(this.place(at), `expected ${expected}, found ${found}`);
  }

  #skipMark(bytes: Buffer): number {
    let at = 0;
    while (this.#marked < BOM.length && bytes[at] === BOM[this.#marked]) {
      this.#marked += 1;
      at += 1;
      if (this.#marked === BOM.length) this.#position.ignoreUnit();
    }
    if (at < bytes.length) this.#marked = BOM.length;
    return at;
  }

  /** What stands outside of values. Answers where to go on. */
  #begin(char: string, at: number): number {
    if (SPACES.includes(char)) return at + 1;
    const due = this.#due;
    if (char === closerOf(due, this.#frames.innermost)) {
      this.#frames.leave();
      this.#ended();
    } else if (due === 'more' && char === ',') {
      this.#frames.next();
      this.#due = this.#frames.innermost === 'array' ? 'value' : 'name';
    } else if (due === ':' && char === ':') this.#due = 'value';
    else return this.#open(char, at);
    return at + 1;
  }

  #open(char: string, at: number): number {
    const due = this.#due;
    const isName = due === 'name' || due === 'name or }';
    const fits = isName ? char === '"' : due !== 'more' && due !== ':' && !',:]}'.includes(char);
    if (!fits) this.#fail(wanted(due, this.#frames.innermost), at);
    const role = isName ? 'name' : this.#frames.role(char);
    if (role === 'enter') {
      this.#frames.enter(char);
      this.#due = char === '[' ? 'value or ]' : 'name or }';
      return at + 1;
    }
    this.#begun = { role, extent: new JsonExtent(char.charCodeAt(0)), start: at };
    return at;
  }

  #goOn(begun: Begun, from: number, pieces: JsonPiece[]): number {
    const chunk = this.#chunk;
    const end = begun.extent.end(chunk, from);
    if (end >= 0) {
      this.#finish(begun, chunk.subarray(from, end), pieces);
      return end;
    }
    if (typeof begun.start === 'number') begun.start = this.place(begun.start);
    if (begun.role !== 'skip') this.#held.add(chunk.subarray(from));
    if (this.#held.length > this.#maxItemBytes) {
      const problem = `the item is longer than maxItemBytes, ${this.#maxItemBytes}`;
      throw new ParseError(begun.start, problem);
    }
    return chunk.length;
  }

  #finish({ role, start }: Begun, rest: Buffer, pieces: JsonPiece[]): void {
    this.#begun = undefined;
    const piece = {
      bytes: this.#held.take(rest),
      start: () => (typeof start === 'number' ? this.place(start) : start),
    };
    if (role === 'name') {
      this.#frames.name(parsePiece(piece) as string);
      this.#due = ':';
      return;
    }
    if (role === 'item') pieces.push(piece);
    this.#ended();
  }

  #ended(): void {
    this.#due = this.#frames.innermost ? 'more' : 'document';
  }
}
