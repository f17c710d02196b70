import { readFileSync } from 'node:fs';
import { cookbookIndex, recipes } from './cookbook.js';
import { figures } from './figures.js';
import { operatorIndex } from './operator-index.js';
import { operators } from './operators.js';

/** A document that is generated, as a whole or in part. */
export interface Document {
  readonly file: string;
  readonly text: () => string;
}

const MARKS = /(<!-- figures: .*? -->\n).*(<!-- end of figures -->)/s;

/** All documents that `npm run docs` writes. */
export const documents: readonly Document[] = [
  {
    file: 'README.md',
    text: () => {
      const shown = figures(readFileSync('BENCHMARKS.md', 'utf8'));
      return readFileSync('README.md', 'utf8').replace(
        MARKS,
        (_, from: string, to: string) => `${from}\n${shown}\n\n${to}`,
      );
    },
  },
  { file: 'docs/operators.md', text: () => operatorIndex(operators()) },
  { file: 'docs/cookbook/README.md', text: () => cookbookIndex(recipes()) },
];
