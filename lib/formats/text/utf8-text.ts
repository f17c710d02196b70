import { isUtf8 } from 'node:buffer';
import { decodeUtf8 } from './decode-utf8.js';
import { HeldBytes } from './held-bytes.js';
import { invalidAt } from './parse-error.js';
import { findInvalid } from './utf8-sequence.js';

/** Valid text, and the problem after it, if there is one. */
export interface Utf8Piece {
  readonly text: string;
  readonly invalid: string | undefined;
}

/** Decodes UTF-8, however its bytes are split, up to the first invalid byte. */
export class Utf8Text {
  readonly #held = new HeldBytes();
  readonly #replaces: boolean;

  constructor(invalidUtf8: 'fail' | 'replace') {
    this.#replaces = invalidUtf8 === 'replace';
  }

  /** Whether an unfinished sequence is held. */
  get holds(): boolean {
    return this.#held.length > 0;
  }

  /** `isLast`: the input has ended, so an unfinished sequence is invalid. */
  decode(chunk: Buffer, isLast = false): Utf8Piece {
    const bytes = this.#held.take(chunk);
    const end = isLast ? bytes.length : wholeLength(bytes);
    this.#held.add(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    if (this.#replaces || isUtf8(whole)) return { text: decodeUtf8(whole), invalid: undefined };
    const at = findInvalid(whole);
    return {
      text: whole.toString('utf8', 0, at),
      invalid: invalidAt(whole, at),
    };
  }
}

/** How many bytes come before a sequence that the next chunk may continue. */
function wholeLength(bytes: Buffer): number {
  const { length } = bytes;
  for (let at = length - 1; at >= 0 && at >= length - 3; at -= 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length - at < needed ? at : length;
  }
  return length;
}
