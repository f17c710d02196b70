const FOLDER = 'dist/test';

/**
 * Files of tests that say the same on every Node, and whether segments are compiled or not: what is written about the
 * package, its types and scripts, and formats that are text and nothing else. `npm test` runs them, once.
 */
export const leftOut: readonly string[] = [
  'docs/*',
  'scripts/*',
  'types/*',
  // What they print is fixed text, and `npm start` has one folder for its files.
  ...['completion', 'help', 'man-page', 'start'].map((name) => `cli/**/${name}`),
  // Compared with the parser of others, by thousands of texts.
  ...['csv-rows', 'format-csv', 'parse-csv', 'parse-tsv', 'plain-rows'],
  ...['chunk-writer', 'format-table'],
].map((pattern) => `${FOLDER}/${pattern.includes('/') ? '' : 'formats/**/'}${pattern}.test.js`);
