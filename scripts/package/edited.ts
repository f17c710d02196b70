import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

/** What to put in the place of a part of a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mapped {
  readonly code: string;
  readonly mappings: string;
}

/** A text with some parts replaced, in order, and its source map with it. */
export function edited({ code, mappings }: Mapped, edits: readonly Edit[]): Mapped {
  const starts = edits.map(({ start }) => start);
  const ends = [0, ...edits.map(({ end }) => end)];
  const pieces = ends.map((end, at) => `${code.slice(end, starts[at])}${edits[at]?.text ?? ''}`);
  const result = pieces.join('');
  const moved = movesOf(edits);
  const from = lineStarts(code);
  const to = lineStarts(result);
  const lines: SourceMapSegment[][] = to.map(() => []);
  for (const [row, line] of decode(mappings).entries()) {
    for (const segment of line) {
      const old = (from[row] ?? 0) + segment[0];
      const place = old + (moved[countUpTo(starts, old)] ?? 0);
      const at = countUpTo(to, place) - 1;
      lines[at]?.push(segment.with(0, place - (to[at] ?? 0)) as SourceMapSegment);
    }
  }
  return { code: result, mappings: encode(lines) };
}

/** By how much the text has moved behind each number of edits. */
function movesOf(edits: readonly Edit[]): number[] {
  let move = 0;
  const moves = edits.map(({ start, end, text }) => {
    move += text.length - (end - start);
    return move;
  });
  return [0, ...moves];
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** How many of some ascending numbers are no greater than one. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
