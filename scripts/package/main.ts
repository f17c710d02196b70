/**
 * Makes of what `npm run build` has left in dist/lib what ships: source maps that hold their sources, declarations in one
 * file for each place where users come in, and a list of what is to be packed. The tests run the same code with maps to
 * the letter, which coverage needs. Run by `prepare`, and so by `npm pack`.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollUpDeclarations } from './declarations.js';
import { shippedFiles } from './shipped.js';
import { sourceText } from './source-text.js';
import { type SourceMap, thinMap } from './thin-map.js';

const lib = fileURLToPath(new URL('../../lib/', import.meta.url));

/** Names in the library are short, so its maps are what it is read by; the command and the suites keep theirs. */
const isMapped = (path: string): boolean =>
  /(^|\/)bundle\.js$/.test(path) && !/^(cli|testing)\//.test(path);

function withSources(path: string): void {
  const place = join(lib, `${path}.map`);
  const map = JSON.parse(readFileSync(place, 'utf8')) as SourceMap;
  const texts = map.sources.map((source) => {
    const file = join(dirname(place), source);
    return sourceText(file, readFileSync(file, 'utf8'));
  });
  const code = readFileSync(join(lib, path), 'utf8');
  writeFileSync(place, JSON.stringify(thinMap(code, map, texts)));
}

function withoutMap(path: string): void {
  const place = join(lib, path);
  const text = readFileSync(place, 'utf8');
  writeFileSync(place, text.replace(/\s*\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

const files = [...shippedFiles(lib)];
const mapped = files.filter(isMapped);
const packed = [
  ...files,
  ...mapped.map((path) => `${path}.map`),
  'index.d.ts',
  'testing/index.d.ts',
];

mapped.forEach(withSources);
files.filter((path) => !isMapped(path)).forEach(withoutMap);
await rollUpDeclarations(lib);
for (const path of readdirSync(lib, { recursive: true, encoding: 'utf8' })) {
  const isLoose = /\.(map|d\.ts)$/.test(path) && !packed.includes(path.replaceAll('\\', '/'));
  if (isLoose) rmSync(join(lib, path));
}
// npm takes the folder as package.json says, but for what this leaves out: and only the imports know what is used.
const lines = ['*', '!*/', ...packed.map((path) => `!/${path}`)];
writeFileSync(join(lib, '.npmignore'), `${lines.join('\n')}\n`);
