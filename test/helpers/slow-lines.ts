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

/** Where the first invalid sequence begins, or -1: tried character by character. */
export function slowFindInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    let length = 1;
    while (length <= LONGEST_SEQUENCE && !isValid(bytes.subarray(at, at + length))) length += 1;
    if (length > LONGEST_SEQUENCE) return at;
    at += length;
  }
  return -1;
}

/** What a text is as lines, the slow and obvious way: whole, line by line. */
export function slowLines(bytes: Buffer, { max = Number.POSITIVE_INFINITY, replace = false } = {}): SlowLines {
  const lines: string[] = [];
  for (let from = 0, line = 1; from < bytes.length; line += 1) {
    const end = bytes.indexOf(LF, from);
    const raw = bytes.subarray(from, end < 0 ? bytes.length : end);
    const body = end >= 0 && raw.at(-1) === CR ? raw.subarray(0, -1) : raw;
    if (body.length > max) return { lines, error: { line, column: 1, byte: from } };
    const mark = from === 0 && replacing.decode(body).startsWith('\ufeff') ? 3 : 0;
    const text = body.subarray(mark);
    const invalid = replace ? -1 : slowFindInvalid(text);
    if (invalid >= 0) {
      const column = valid.decode(text.subarray(0, invalid)).length + 1;
      return { lines, error: { line, column, byte: from + mark + invalid } };
    }
    if (end >= 0 || text.length > 0) lines.push(replacing.decode(text));
    from = end < 0 ? bytes.length : end + 1;
  }
  return { lines };
}
