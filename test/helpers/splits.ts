import fc from 'fast-check';

/** Parts of text that are hard to split or to end a line at. */
const PARTS = ['', 'a', '"b" ', 'é', '€', '😀', '\ufeff', '\ufffd', '\r', '\n', '\r\n', '\n\n'];

/** Bytes that begin, continue or break UTF-8, invalid bytes, and line ends. */
const BYTES = [
  0x61, 0x0a, 0x0d, 0x0a, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xa9, 0xe0, 0xe2, 0x82, 0xac, 0xed, 0xa0,
  0xef, 0xbb, 0xf0, 0x9f, 0x98, 0x8f, 0x90, 0xf4, 0xf5, 0xff,
];

export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PARTS), { maxLength: 30 })
  .map((parts) => parts.join(''));

/** Valid and invalid runs mixed, so that an invalid byte is not always near the start. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: anyText.map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.constantFrom(...BYTES).map((byte) => Buffer.of(byte)) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts));

/** The lengths of pieces, used repeatedly. */
export const anyLengths: fc.Arbitrary<number[]> = fc
  .array(fc.nat({ max: 5 }), { maxLength: 4 })
  .map((lengths) => [...lengths, 1]);

interface Sliceable<T> {
  readonly length: number;
  slice(start: number, end: number): T;
}

/** Splits bytes or a string into pieces, some of them empty. */
export function split<T extends Sliceable<T>>(whole: T, lengths: readonly number[]): T[] {
  const pieces: T[] = [];
  for (let from = 0; from < whole.length; ) {
    const length = lengths[pieces.length % lengths.length] as number;
    pieces.push(whole.slice(from, from + length));
    from += length;
  }
  return pieces;
}
