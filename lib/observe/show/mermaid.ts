import type { Arrow, Box, Drawing } from './drawing.js';

const shapes = { source: ['([', '])'], stage: ['(', ')'], sink: ['[', ']'] } as const;

/** A drawing in the Mermaid language. */
export function mermaid({ boxes, arrows, frames }: Drawing): string {
  const marked = boxes.filter(({ isBottleneck }) => isBottleneck);
  return `flowchart TB
${boxes.map(boxText).join('')}${frames.map(frameText).join('')}${arrows.map(arrowText).join('')}${marked.map(markText).join('')}`;
}

function boxText({ id, kind, lines }: Box): string {
  const [open, close] = shapes[kind];
  return `  s${id}${open}${quoted(lines)}${close}\n`;
}

const frameText = (ids: readonly number[], at: number): string =>
  `  subgraph loop${at}[" "]\n${ids.map((id) => `    s${id}\n`).join('')}  end\n`;

const arrowText = ({ from, to, lines }: Arrow): string =>
  `  s${from} -->${lines.length > 0 ? `|${quoted(lines)}|` : ''} s${to}\n`;

const markText = ({ id }: Box): string => `  style s${id} fill:#ffd8a8,stroke:#c92a2a,color:#000\n`;

/** Mermaid reads HTML, Markdown and directives within quotes, so everything but plain text is escaped. */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((line) => line.replace(/[^\p{L}\p{M}\p{N} .,/()=-]/gu, entity)).join('<br/>')}"`;

const entity = (character: string): string => `#${character.codePointAt(0)};`;
