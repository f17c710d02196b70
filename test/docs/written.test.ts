import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { documents } from '../../scripts/docs/documents.js';

describe('the written documents', () => {
  for (const { file, text } of documents) {
    it(`${file} is what npm run docs writes`, () => {
      expect(readFileSync(file, 'utf8')).to.equal(text());
    });
  }
});
