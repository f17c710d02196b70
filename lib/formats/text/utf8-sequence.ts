interface Lead {
  /** How many bytes follow. */
  readonly more: number;
  /** The range of the second byte. */
  readonly from: number;
  readonly to: number;
}

/** The sequence that a first byte begins. Overlong forms, surrogates and anything above U+10FFFF are invalid. */
function leadOf(byte: number): Lead | undefined {
  if (byte < 0xc2 || byte > 0xf4) return undefined;
  if (byte < 0xe0) return { more: 1, from: 0x80, to: 0xbf };
  if (byte < 0xf0) {
    return { more: 2, from: byte === 0xe0 ? 0xa0 : 0x80, to: byte === 0xed ? 0x9f : 0xbf };
  }
  return { more: 3, from: byte === 0xf0 ? 0x90 : 0x80, to: byte === 0xf4 ? 0x8f : 0xbf };
}

/**
 * The length of the UTF-8 sequence at `at`. Negative for an invalid one: minus the number of bytes that a decoder
 * replaces with one U+FFFD.
 */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const lead = leadOf(first);
  if (!lead) return -1;
  for (let n = 1; n <= lead.more; n += 1) {
    const next = bytes[at + n] ?? 0;
    const valid = n === 1 ? next >= lead.from && next <= lead.to : next >> 6 === 0b10;
    if (!valid) return -n;
  }
  return lead.more + 1;
}

/** Where the first invalid sequence begins, or -1. */
export function findInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length < 0) return at;
    at += length;
  }
  return -1;
}

/** The byte offset of the UTF-16 code unit that is `units` after `from`. */
export function skipUnits(bytes: Uint8Array, from: number, units: number): number {
  let at = from;
  for (let left = units; left > 0 && at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    left -= length === 4 ? 2 : 1;
    at += Math.abs(length);
  }
  return at;
}
