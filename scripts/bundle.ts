/**
 * Joins the modules of lib into two files, since finding and opening them one by one is most of what they add to a
 * start: dist/lib/bundle.js is the library, dist/lib/cli/bundle.js the command, dist/lib/testing/bundle.js the suites. Each module stays as a file that
 * re-exports from there, so that the tests run what ships and all who import meet the same classes. Run by
 * `npm run build`.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lib = join(root, 'lib');
const dir = join(root, 'dist', 'lib');

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Modules of the command that few runs need: they stay files of their own. */
const rare = [
  'dry-run',
  'file-name',
  'own-imports',
  'split',
  'split-files',
  'split-output',
  'staged-files',
  'suggest',
  'syntax-fault',
].map((name) => `cli/${name}.ts`);

/** What tells of the command instead of running it is one more file. */
const telling = [
  'bash-completion',
  'brief',
  'command-manual',
  'completed-flag',
  'completion',
  'fish-completion',
  'help',
  'man-page',
  'manual',
  'zsh-completion',
].map((name) => `cli/${name}.ts`);

const modules = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

const isCommand = (path: string): boolean => path.startsWith('cli/');

const isUsual = (path: string): boolean =>
  isCommand(path) && path !== 'cli/main.ts' && ![...rare, ...telling].includes(path);

const isSuite = (path: string): boolean => path.startsWith('testing/');

function isIn(test: (path: string) => boolean): (id: string) => boolean {
  const ids = new Set(modules.filter(test).map((path) => join(lib, path)));
  return (id) => ids.has(id);
}

for (const path of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
  if (/\.js(\.map)?$/.test(path)) rmSync(join(dir, path));
}
const build = await rolldown({
  input: Object.fromEntries(modules.map((path) => [path.slice(0, -'.ts'.length), join(lib, path)])),
  cwd: root,
  tsconfig: join(root, 'tsconfig.json'),
  platform: 'neutral',
  external: [/^node:/, ...Object.keys(dependencies)],
  treeshake: false,
  preserveEntrySignatures: 'allow-extension',
});
await build.write({
  dir,
  format: 'esm',
  sourcemap: true,
  sourcemapExcludeSources: true,
  comments: false,
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'bundle', test: isIn((path) => !isCommand(path) && !isSuite(path)) },
      { name: 'testing/bundle', test: isIn(isSuite) },
      { name: 'cli/telling-bundle', test: isIn((path) => telling.includes(path)) },
      { name: 'cli/bundle', test: isIn(isUsual) },
    ],
  },
});
await build.close();
