const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `{` and `[`, `}` and `]` differ in this bit alone. */
const CASE = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const SPACE = 0x20;

/** Finds where a JSON value ends, however its bytes are split. Whether it is a value is for whoever parses it. */
export class JsonExtent {
  #kind: 'container' | 'string' | 'word';
  #depth = 0;
  #inString = false;
  /** The next byte is escaped. */
  #escaped = false;

  /** `first` is the byte that the value begins with. */
  constructor(first: number) {
    this.#kind = (first | CASE) === OPEN ? 'container' : first === QUOTE ? 'string' : 'word';
  }

  /** What has no bracket or quote of its own ends where something else begins, or with the input. */
  get isWord(): boolean {
    return this.#kind === 'word';
  }

  /** Where it ends, or -1 if it goes on behind these bytes. */
  end(bytes: Uint8Array, from: number): number {
    if (this.#kind === 'word') return endOfWord(bytes, from);
    const at = this.#inString ? this.#endOfString(bytes, from) : from;
    if (this.#inString) return -1;
    return this.#kind === 'string' && at > from ? at : this.#endOutside(bytes, at);
  }

  #endOutside(bytes: Uint8Array, from: number): number {
    let depth = this.#depth;
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at++] as number;
      if (byte === QUOTE) {
        this.#inString = true;
        at = this.#endOfString(bytes, at);
        if (this.#kind === 'string' && !this.#inString) return at;
      } else if ((byte | CASE) === OPEN) depth += 1;
      else if ((byte | CASE) === CLOSE && --depth === 0) return at;
    }
    this.#depth = depth;
    return -1;
  }

  /** Behind the quote that closes the string, or the end of these bytes. */
  #endOfString(bytes: Uint8Array, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    while (at < bytes.length) {
      const byte = bytes[at++] as number;
      if (byte === QUOTE) {
        this.#inString = false;
        return at;
      }
      if (byte !== BACKSLASH) continue;
      this.#escaped = at === bytes.length;
      at += 1;
    }
    return bytes.length;
  }
}

function endOfWord(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === COMMA || byte <= SPACE || (byte | CASE) === CLOSE) return at;
  }
  return -1;
}
