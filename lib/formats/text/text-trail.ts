import type { Place } from './parse-error.js';

/** How much of a text is kept for those who look back, in UTF-16 code units. */
const KEPT = 64;

/** Knows where UTF-16 code units of a text stand: of the piece that came last, and of some before it. */
export class TextTrail {
  #text = '';
  /** Of the first unit that is kept: which one of all it is, and its place. */
  #unit = 0;
  #start: Place = { line: 1, column: 1, byte: 0 };

  /** How many units have come. */
  get length(): number {
    return this.#unit + this.#text.length;
  }

  get end(): Place {
    return this.place(this.length);
  }

  /** Bytes that are no part of the text stand before it. */
  skip(bytes: number): void {
    this.#start = { ...this.#start, byte: this.#start.byte + bytes };
  }

  add(text: string): void {
    this.#forget(this.length - KEPT);
    this.#text += text;
  }

  place(unit: number): Place {
    return placeIn(this.#text, unit - this.#unit, this.#start);
  }

  /** The character at `unit`; empty at the end. */
  char(unit: number): string {
    const code = this.#text.codePointAt(unit - this.#unit);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** Where `word` stands that begins at `unit` or behind it. Nobody looks back behind that any more. */
  pass(word: string, unit: number): Place {
    this.#forget(this.#unit + this.#text.indexOf(word, unit - this.#unit));
    return this.#start;
  }

  #forget(unit: number): void {
    if (unit <= this.#unit) return;
    const cut = unit - this.#unit;
    // The halves of a surrogate pair have no place of their own.
    const at = /[\udc00-\udfff]/.test(this.#text[cut] ?? '') ? cut - 1 : cut;
    this.#start = placeIn(this.#text, at, this.#start);
    this.#text = this.#text.slice(at);
    this.#unit += at;
  }
}

function placeIn(text: string, at: number, start: Place): Place {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    line: start.line + before.split('\n').length - 1,
    column: (lineStart === 0 ? start.column : 1) + (at - lineStart),
    byte: start.byte + Buffer.byteLength(before),
  };
}
