import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

/** Every file below a folder whose name ends so. */
const below = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
    .map((path) => join(folder, path));

const documents = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'README.md',
  ...below('docs', '.md'),
  'scripts/bench/README.md',
];
const sources = ['lib', 'test', 'scripts'].flatMap((folder) => below(folder, '.ts'));

/** What stands between backticks, outside of blocks of code. */
const quoted = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);

const comments = (text: string): string =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm)].map(([comment]) => comment).join('\n');

const isPath = (name: string): boolean =>
  /^(\.biome|\.ci|data|docs|lib|scripts|test)\/[\w./-]+$/.test(name);

const missing = (text: string): string[] =>
  quoted(text).filter((name) => isPath(name) && !existsSync(name));

/** A name of the code's own: it has capitals inside, or hides in a class. */
const isName = (name: string): boolean => /^#?[A-Za-z]+[A-Z][A-Za-z]*$/.test(name);

describe('documents name what there is', () => {
  for (const document of documents)
    it(`${document} names no path that does not exist`, () => {
      expect(missing(readFileSync(document, 'utf8'))).to.deep.equal([]);
    });

  it('comments name no path that does not exist', () => {
    const found = sources.flatMap((source) => missing(comments(readFileSync(source, 'utf8'))));
    expect(found).to.deep.equal([]);
  });

  it('comments name no module of another folder that does not exist', () => {
    const found = sources.flatMap((source) =>
      quoted(comments(readFileSync(source, 'utf8')))
        .filter((name) => /^[a-z-]+(\/[a-z-]+)+(\.ts)?$/.test(name))
        .filter((name) => /^(core|streams|formats|junctions|operators|cli|observe)\//.test(name))
        .filter((name) => !existsSync(`lib/${name}`) && !existsSync(`lib/${name}.ts`))
        .map((name) => `${source}: ${name}`),
    );
    expect(found).to.deep.equal([]);
  });

  for (const document of ['ARCHITECTURE.md', 'CONTRIBUTING.md'])
    it(`${document} names nothing that the code does not have`, () => {
      const code = sources.map((source) => readFileSync(source, 'utf8')).join('\n');
      const names = quoted(readFileSync(document, 'utf8')).filter(isName);
      expect(names).to.have.length.above(0);
      expect(names.filter((name) => !code.includes(name))).to.deep.equal([]);
    });
});
