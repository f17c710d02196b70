/**
 * Joins the modules of lib into a few files, since finding and opening them one by one is most of what they add to a
 * start. dist/lib/cli/bundle.js is the command, and dist/lib/bundle.js what it uses of the library with nearly every
 * command line; what else there is has files by rooms, so that a command line loads what it names. Each module stays as
 * a file that re-exports from there, so that the tests run what ships and all who import meet the same classes. Run by
 * `npm run build`.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChunkingContext, rolldown } from 'rolldown';

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

/** What the command loads at once: the modules that its first one imports, and those they import. */
function atOnce(
  context: ChunkingContext,
  id = idOf('cli/command.ts'),
  found = new Set<string>(),
): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const imported of context.getModuleInfo(id)?.importedIds ?? [])
    atOnce(context, imported, found);
  return found;
}

/** The file that a module goes into; none for one of the command that few runs need. */
function chunkOf(id: string, context: ChunkingContext): string | undefined {
  const path = relative(lib, id).replaceAll('\\', '/');
  const [room = ''] = path.split('/');
  const isUsual = atOnce(context).has(id);
  switch (room) {
    case 'testing':
      return 'testing/bundle';
    case 'cli':
      // What tells of the command instead of running it.
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
 * To import one of Node's own modules reads all that it exports, getters included, and loads what lies behind them: so
 * the parts that are used are taken from it. And one letter that is not ASCII doubles what V8 has to read.
 */
function quickToLoad(code: string): string {
  return code
    .replace(/^import \{(.*)\} from ("node:.*");$/gm, (_, names: string, module: string) => {
      const taken = names.replaceAll(' as ', ': ');
      return `const {${taken}} = process.getBuiltinModule(${module});`;
    })
    .replace(/^import \* as (\S+) from ("node:.*");$/gm, 'const $1 = process.getBuiltinModule($2);')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
      /[^\x00-\x7F]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
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
  // Lines stay where they are, and with them the source map.
  plugins: [{ name: 'quick-to-load', renderChunk: quickToLoad }],
  checks: { sourcemapBroken: false },
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
    groups: [{ name: chunkOf, debugName: 'chunkOf' }],
  },
});
await build.close();
