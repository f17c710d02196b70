/**
 * Joins the modules of lib into a few files, because finding and opening many files makes the command start slowly.
 * dist/lib/cli/bundle.js has the command, and dist/lib/bundle.js the part of the library that nearly every command line
 * uses. The rest is bundled by room, so that a command line loads only what it names. Each module stays as a file that
 * re-exports from a bundle: so the tests run the code that ships, and all imports get the same classes. Run by
 * `npm run build`.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChunkingContext, type RenderedChunk, rolldown } from 'rolldown';
import { compact } from './package/compact.js';
import { importDirectly } from './package/direct-imports.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lib = join(root, 'lib');
const dir = join(root, 'dist', 'lib');

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

const modules = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

const idOf = (path: string): string => join(lib, path);

/** The modules that the command loads at start-up: the static imports of its first module, and their imports. */
function atOnce(
  context: ChunkingContext,
  id = idOf('cli/main.ts'),
  found = new Set<string>(),
): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const imported of context.getModuleInfo(id)?.importedIds ?? [])
    atOnce(context, imported, found);
  return found;
}

/** The bundle for a module; none for a module of the command that few runs need. */
function chunkOf(id: string, context: ChunkingContext): string | undefined {
  const path = relative(lib, id).replaceAll('\\', '/');
  const [room = ''] = path.split('/');
  const isUsual = atOnce(context).has(id);
  switch (room) {
    case 'testing':
      return 'testing/bundle';
    case 'cli':
      // Code that describes the command (help, manual, completion) instead of running it.
      if (path.startsWith('cli/help/')) return 'cli/telling-bundle';
      return isUsual && path !== 'cli/main.ts' ? 'cli/bundle' : undefined;
    case 'formats':
    case 'junctions':
      return isUsual ? 'bundle' : `${room}/bundle`;
    case 'core':
    case 'streams':
      return 'bundle';
    case 'index.ts':
      return undefined;
    default:
      return isUsual ? 'bundle' : 'operators/bundle';
  }
}

/**
 * Makes a bundle faster to load. An import of a Node module reads all its exports and loads the modules behind lazy
 * ones, so only the used ones are read instead. Non-ASCII characters are escaped, because one of them makes V8 store
 * the whole source with two bytes per character.
 */
function quickToLoad(code: string): string {
  return code
    .replace(/^import \{(.*)\} from ("node:.*");$/gm, (_, names: string, module: string) => {
      const taken = names.replaceAll(' as ', ': ');
      return `const {${taken}} = process.getBuiltinModule(${module});`;
    })
    .replace(/\bbundlerRequire\b/g, 'require')
    .replace(/^import \* as (\S+) from ("node:.*");$/gm, 'const $1 = process.getBuiltinModule($2);')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
      /[^\x00-\x7F]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/**
 * All bundles are compact, as they are what a start reads. Those of the command and the suites ship without source maps,
 * so there variables keep their names: what a trace shows can be read.
 */
function render(code: string, { name }: Pick<RenderedChunk, 'name'>) {
  const text = quickToLoad(code);
  const keepsNames = /^(cli|testing)\//.test(name);
  return /bundle$/.test(name) ? compact(`${name}.js`, text, { keepsNames }) : text;
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
  plugins: [
    {
      name: 'quick-to-load',
      renderChunk: render,
      generateBundle: (_options, files) => importDirectly(files),
    },
  ],
  // Where nothing but words has changed, lines stay where they are, and with them the source map.
  checks: { sourcemapBroken: false, pluginTimings: false },
});
await build.write({
  dir,
  format: 'esm',
  sourcemap: true,
  sourcemapExcludeSources: true,
  comments: false,
  minify: false,
  minifyInternalExports: false,
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: chunkOf, debugName: 'chunkOf' }],
  },
});
await build.close();
