/** Writes the documents, and parts of documents, that are generated from other files. Run by `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.js';

for (const { file, text } of documents) writeFileSync(file, text());
