import type { Arrow, Box, Drawing } from './drawing.js';

const shapes = { source: 'ellipse', stage: 'box', sink: 'box' } as const;
const styles = { source: 'filled', stage: 'rounded,filled', sink: 'filled' } as const;

/** A font with letters of one width: texts fit even if the viewer replaces it with another such font. */
const FONT = 'Courier';

/** A drawing in the DOT language of Graphviz. */
export function dot({ boxes, arrows, frames }: Drawing): string {
  return `digraph sluice {
  graph [rankdir=TB, ranksep=0.35]
  node [fontname="${FONT}", fontsize=11, color="#555555", fillcolor="#f4f6f8", margin="0.15,0.08"]
  edge [fontname="${FONT}", fontsize=10, color="#555555"]
${boxes.map(boxText).join('')}${frames.map(frameText).join('')}${arrows.map(arrowText).join('')}}
`;
}

const boxText = ({ id, kind, lines, isBottleneck }: Box): string => {
  const fill = isBottleneck ? ', fillcolor="#ffd8a8", color="#c92a2a", penwidth=2' : '';
  return `  s${id} [label=${quoted(lines, CENTRE)}, shape=${shapes[kind]}, style="${styles[kind]}"${fill}]\n`;
};

const frameText = (ids: readonly number[], at: number): string =>
  `  subgraph cluster_${at} { style="dashed,rounded"; color="#aaaaaa"; ${ids.map((id) => `s${id}`).join('; ')} }\n`;

const arrowText = ({ from, to, lines }: Arrow): string =>
  `  s${from} -> s${to}${lines.length > 0 ? ` [label=${quoted(lines.map(spaced), LEFT)}]` : ''}\n`;

const CENTRE = '\\n';
const LEFT = '\\l';

/** A space between the text and the arrow beside it. */
const spaced = (line: string): string => ` ${line}`;

/** Graphviz reads `&` as the beginning of an HTML entity, also within quotes. */
const quoted = (lines: readonly string[], end: string): string =>
  `"${lines.map((line) => line.replaceAll('&', '&amp;').replace(/["\\]/g, '\\$&') + end).join('')}"`;
