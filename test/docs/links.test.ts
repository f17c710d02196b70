import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const markdownIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

/** A document without its code. */
const textOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/^```.*?^```$/gms, '')
    .replace(/`[^`\n]*`(?!\])/g, '');

/** The headings of a document as links name them. */
const anchorsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('the links of the documents', () => {
  for (const file of ['.', 'docs', 'docs/cookbook'].flatMap(markdownIn)) {
    it(`of ${file} lead somewhere`, () => {
      const links = [...textOf(file).matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)];
      const dead = links.filter(([, path = '', anchor]) => {
        const target = path === '' ? file : join(dirname(file), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(target).includes(anchor);
      });
      expect(dead.map(([link]) => link)).to.deep.equal([]);
    });
  }
});
