import { validateKnown, validateOneOf } from '../core/base/validate.js';
import { dot } from './show/dot.js';
import { drawing } from './show/drawing.js';
import { mermaid } from './show/mermaid.js';
import { readOf, type StatsSource } from './show/stats-reads.js';

export const graphFormats = ['dot', 'mermaid', 'svg'] as const;

/** The formats that `graph` writes. */
export type GraphFormat = (typeof graphFormats)[number];

/** Options of `graph`. */
export interface GraphOptions {
  /** `dot`: for Graphviz. `mermaid`: for Markdown. `svg`: an image, drawn by Graphviz. Default `dot`. */
  readonly format?: GraphFormat | undefined;
}

/**
 * Draws a run. Each stage is a box with the shares of time in which it was busy, starved and blocked; the bottleneck is
 * marked. A frame surrounds the stages that run as one loop. The arrows show what passed between stages. A run that has
 * not begun is drawn without figures.
 *
 *
 * @param run the result of `stats()`, or what its `read()` returned.
 * @param options `format`: `dot`, `mermaid` or `svg`. Default `dot`.
 * @returns the text of the picture; rejects with `ArgumentError` ERR_SLUICE_ARGUMENT: the format is unknown.
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

/** Graphviz is WebAssembly and slow to load, so it is loaded on demand. */
async function svg(text: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  return (await Graphviz.load()).dot(text);
}
