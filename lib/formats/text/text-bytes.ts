const LONE_SURROGATE = /\p{Surrogate}/u;
const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/**
 * A lone surrogate has no bytes in UTF-8. It becomes a byte that is never valid, so it is reported as invalid UTF-8.
 */
const NEVER_VALID = Buffer.of(0xff);

/** Turns chunks into bytes: strings into UTF-8, even when a surrogate pair is split between two of them. */
export class TextBytes {
  #half = '';

  /** Whether half of a surrogate pair is held. */
  get holds(): boolean {
    return this.#half !== '';
  }

  take(chunk: Uint8Array | string): Buffer {
    if (typeof chunk === 'string') return this.#takeText(chunk);
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`expected bytes (a Uint8Array) or a string, got ${describe(chunk)}`);
    }
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    return this.#half === '' ? bytes : Buffer.concat([this.end(), bytes]);
  }

  end(): Buffer {
    const bytes = encode(this.#half);
    this.#half = '';
    return bytes;
  }

  #takeText(chunk: string): Buffer {
    const text = this.#half + chunk;
    this.#half = HIGH_SURROGATE_AT_END.test(text) ? text.slice(-1) : '';
    return encode(this.#half === '' ? text : text.slice(0, -1));
  }
}

function encode(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const [first = '', ...rest] = text.split(LONE_SURROGATE);
  return Buffer.concat([
    Buffer.from(first),
    ...rest.flatMap((part) => [NEVER_VALID, Buffer.from(part)]),
  ]);
}

function describe(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? 'an object') : typeof value;
}
