import type { Place } from './parse-error.js';

/** How many UTF-16 code units of older text are kept, for errors that are found late. */
const KEPT = 64;

/** Finds the places of UTF-16 code units in the latest piece of a text, and in a part of the pieces before it. */
export class TextTrail {
  #text = '';
  /** The first unit that is kept: its index in the whole text, and its place. */
  #unit = 0;
  #start: Place = { line: 1, column: 1, byte: 0 };

  /** How many units have been added. */
  get length(): number {
    return this.#unit + this.#text.length;
  }

  get end(): Place {
    return this.place(this.length);
  }

  /** Skips bytes before the text, such as a byte order mark. */
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

  /** The place of the first `word` at `unit` or after it. Forgets the text before it. */
  pass(word: string, unit: number): Place {
    this.#forget(this.#unit + this.#text.indexOf(word, unit - this.#unit));
    return this.#start;
  }

  #forget(unit: number): void {
    if (unit <= this.#unit) return;
    const cut = unit - this.#unit;
    // The two halves of a surrogate pair have one place.
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
