import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type { SourceText } from './source-text.js';

export interface SourceMap {
  readonly version: number;
  readonly sources: readonly string[];
  readonly mappings: string;
}

export interface FullSourceMap extends SourceMap {
  readonly names: readonly string[];
  readonly sourcesContent: readonly string[];
}

/** What a frame of a trace, or the beginning of a statement, has in it. */
const TELLING = /[({[.;`]|\b(?:throw|await|yield|new)\b/;

/**
 * A source map that says of each piece of code which line of which source it was, and no more: that is what traces and
 * breakpoints ask for, and a quarter of what a map to the letter weighs. It holds its sources.
 */
export function thinMap(code: string, map: SourceMap, texts: readonly SourceText[]): FullSourceMap {
  const codes = code.split('\n');
  const lines = decode(map.mappings).map((line, row) => {
    const changes = changesIn(line);
    const isKept = ([from]: SourceMapSegment, at: number): boolean =>
      at === 0 || TELLING.test(codes[row]?.slice(from, changes[at + 1]?.[0]) ?? '');
    return changes.filter(isKept).map((segment) => inTexts(segment, texts));
  });
  return {
    version: map.version,
    names: [],
    sources: map.sources,
    sourcesContent: texts.map(({ text }) => text),
    mappings: encode(lines),
  };
}

/** Those that begin another line of a source. */
function changesIn(line: readonly SourceMapSegment[]): SourceMapSegment[] {
  const mapped = line.filter((segment) => segment.length > 1);
  return mapped.filter(([, source, row], at) => {
    const [, lastSource, lastRow] = mapped[at - 1] ?? [];
    return source !== lastSource || row !== lastRow;
  });
}

function inTexts(segment: SourceMapSegment, texts: readonly SourceText[]): SourceMapSegment {
  if (segment.length === 1) return segment;
  const [at, source, row, column] = segment;
  return [at, source, row, texts[source]?.column(row, column) ?? 0];
}
