/** What the installed package holds, and what its maps and declarations do. Arguments: its folder, the repository. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [, , root, repository] = process.argv;
const top = readdirSync(root).sort();
assert.deepEqual(top, ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
assert.deepEqual(readdirSync(join(root, 'dist')).sort(), ['lib', 'sluice.1']);
const paths = readdirSync(join(root, 'dist/lib'), { recursive: true });
const ending = (end) => paths.filter((path) => path.endsWith(end));
const read = (path) => readFileSync(join(root, 'dist/lib', path), 'utf8');

// Each map has a file that names it, and holds sources whose lines are those of the repository.
const mapped = ending('.js').filter((path) => read(path).includes('sourceMappingURL='));
assert.deepEqual(ending('.map').sort(), mapped.map((path) => `${path}.map`).sort());
assert.ok(mapped.includes('bundle.js') && mapped.includes('operators/bundle.js'));
for (const path of mapped) {
  const { sources, sourcesContent } = JSON.parse(read(`${path}.map`));
  for (const [at, source] of sources.entries()) {
    const file = join(dirname(path), source).replace(/^(\.\.\/)+/, '');
    const lines = readFileSync(join(repository, file), 'utf8').split('\n');
    for (const [row, line] of sourcesContent[at].split('\n').entries()) {
      for (const word of line.match(/\w+/g) ?? [])
        assert.ok(lines[row].includes(word), `${file}:${row + 1} is not ${line}`);
    }
  }
}

// Declarations are one file for each place where users come in, and tell nothing of what is inside.
assert.deepEqual(ending('.d.ts').sort(), ['index.d.ts', 'testing/index.d.ts']);
const declarations = read('index.d.ts') + read('testing/index.d.ts');
assert.doesNotMatch(declarations, /@internal|\b(?:Loop|Segment|Run|LazyContext|StagePlan)\b/);
assert.match(declarations, /\n \* Emits: [\s\S]+\n \* @example\n[\s\S]+declare function batch</);
assert.match(read('testing/index.d.ts'), /from "\.\.\/index\.js"/);
