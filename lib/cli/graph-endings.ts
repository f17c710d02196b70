import type { GraphFormat } from '../observe/graph.js';

/** What the name of a picture says of its language. */
export const graphFormats: Readonly<Record<string, GraphFormat>> = {
  '.svg': 'svg',
  '.dot': 'dot',
  '.gv': 'dot',
  '.mmd': 'mermaid',
};

export const graphEndings: readonly string[] = Object.keys(graphFormats);
