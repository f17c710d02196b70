import { validateKnown, validateOneOf } from '../core/base/validate.js';
import { dot } from './show/dot.js';
import { drawing } from './show/drawing.js';
import { mermaid } from './show/mermaid.js';
import { readOf, type StatsSource } from './show/stats-reads.js';

export const graphFormats = ['dot', 'mermaid', 'svg'] as const;

/** The languages of pictures. */
export type GraphFormat = (typeof graphFormats)[number];

/** Options of `graph`. */
export interface GraphOptions {
  /** `dot`: for Graphviz. `mermaid`: for Markdown. `svg`: a picture, which Graphviz makes. Default `dot`. */
  readonly format?: GraphFormat | undefined;
}

/**
 * Draws a run: a box for each stage with how much of its time it was busy, starved and blocked, the bottleneck marked, a
 * frame around those that run as one loop, and on the arrows what went from one to the other. A run that has not begun is
 * drawn without figures.
 *
 * @param run what `stats()` made, or a read of it.
 * @param options `format`: `dot`, `mermaid` or `svg`. Default `dot`.
 * @returns the text of the picture; rejects with `ArgumentError` ERR_SLUICE_ARGUMENT: the format is not known.
 * @example
 * const run = stats();
 * await pipeline(range(0, 1000), map((x) => x + 1), toArray(), { stats: run });
 * const text = await graph(run, { format: 'mermaid' });
 * text.match(/[\d,]+ items/g) // ['1,000 items', '1,000 items']
 */
export async function graph(run: StatsSource, options: GraphOptions = {}): Promise<string> {
  validateKnown('graph', options, ['format']);
  const { format = 'dot' } = options;
  validateOneOf('graph', 'format', format, graphFormats);
  const drawn = drawing(readOf(run));
  if (format === 'mermaid') return mermaid(drawn);
  return format === 'dot' ? dot(drawn) : svg(dot(drawn));
}

/** Graphviz comes as WebAssembly: it takes a while to load. */
async function svg(text: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  return (await Graphviz.load()).dot(text);
}
