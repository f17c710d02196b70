const FOLDER = 'dist/test';

/**
 * Files of tests whose outcome depends neither on the version of Node nor on whether segments are compiled: documents,
 * scripts, and formats that are text and nothing else. `npm test` runs them, once.
 */
export const leftOut: readonly string[] = [
  'docs/*',
  'scripts/*',
  // It runs the compiler, for what that says.
  'types/missing-sink',
  // The printed text is fixed, and `npm start` has one folder for its files.
  ...['completion', 'help', 'man-page', 'start'].map((name) => `cli/**/${name}`),
  // Thousands of texts are compared with csv-parse.
  'formats/csv/*',
  ...['format-csv', 'parse-csv', 'parse-tsv', 'format-table'].map((name) => `formats/${name}`),
  'formats/text/chunk-writer',
].map((pattern) => `${FOLDER}/${pattern}.test.js`);
