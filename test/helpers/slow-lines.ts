const LF = 0x0a;
const CR = 0x0d;
const LONGEST_SEQUENCE = 4;

export interface SlowLines {
  readonly lines: readonly string[];
  readonly error?: { readonly line: number; readonly column: number; readonly byte: number };
}

const valid = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const replacing = new TextDecoder('utf-8', { ignoreBOM: true });

function isValid(bytes: Uint8Array): boolean {
  try {
    valid.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The index of the first invalid sequence, or -1; looks at each character. */
export function slowFindInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    let length = 1;
    while (length <= LONGEST_SEQUENCE && !isValid(bytes.subarray(at, at + length))) length += 1;
    if (length > LONGEST_SEQUENCE) return at;
    at += length;
  }
  return -1;
}

interface RawLine {
  readonly line: number;
  readonly byte: number;
  readonly ended: boolean;
  /** The line without its line end. */
  readonly body: Buffer;
}

function* rawLines(bytes: Buffer): Generator<RawLine> {
  for (let byte = 0, line = 1; byte < bytes.length; line += 1) {
    const end = bytes.indexOf(LF, byte);
    const ended = end >= 0;
    const raw = bytes.subarray(byte, ended ? end : bytes.length);
    yield { line, byte, ended, body: ended && raw.at(-1) === CR ? raw.subarray(0, -1) : raw };
    byte += raw.length + 1;
  }
}

/** Splits a text into lines in a slow and obvious way. */
export function slowLines(
  bytes: Buffer,
  { max = Number.POSITIVE_INFINITY, replace = false } = {},
): SlowLines {
  const lines: string[] = [];
  for (const { line, byte, ended, body } of rawLines(bytes)) {
    if (body.length > max) return { lines, error: { line, column: 1, byte } };
    const mark = byte === 0 && replacing.decode(body).startsWith('\ufeff') ? 3 : 0;
    const text = body.subarray(mark);
    const invalid = replace ? -1 : slowFindInvalid(text);
    if (invalid >= 0) {
      const column = valid.decode(text.subarray(0, invalid)).length + 1;
      return { lines, error: { line, column, byte: byte + mark + invalid } };
    }
    if (ended || text.length > 0) lines.push(replacing.decode(text));
  }
  return { lines };
}
