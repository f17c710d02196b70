import { posix } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/** A member that only the package itself uses, in a declaration of `tsc`: one line, below its comment. */
const INTERNAL = /^( *)\/\*\*(?:(?!\*\/)[\s\S])*@internal[\s\S]*?\*\/\n *(constructor)?.*;\n/gm;

/** The one member of a public interface that only the engine calls, and that would bring all of it along. */
const WATCH = 'watch(run: Run): Observer;';

/**
 * Rolls the declarations that `tsc` has written up into one file for each place where users come in. The second one takes
 * what it has in common with the first from there, so that a class of one is the class of the other. `dir`: where to.
 */
export async function rollUpDeclarations(lib: string, dir = lib): Promise<void> {
  for (const [name, plugins] of [
    ['index', []],
    ['testing/index', [fromIndex]],
  ] as const) {
    const build = await rolldown({
      input: { [name]: posix.join(lib, `${name}.d.ts`) },
      external: /^node:/,
      plugins: [withoutInternals, ...plugins, dts({ dtsInput: true, oxc: true, tsconfig: false })],
    });
    await build.write({ dir, format: 'esm' });
    await build.close();
  }
}

/** What is internal goes, and with it whatever only it names. Of a constructor the place stays: or Node's would be in it. */
const withoutInternals: Plugin = {
  name: 'without-internals',
  transform: {
    order: 'pre',
    filter: { id: /\.d\.ts$/ },
    handler: (code) =>
      code
        .replace(INTERNAL, (_, indent: string, made?: string) =>
          made ? `${indent}protected constructor();\n` : '',
        )
        .replace(WATCH, 'watch(run: never): unknown;'),
  },
};

const fromIndex: Plugin = {
  name: 'from-index',
  resolveId: {
    order: 'pre',
    handler: (id, importer) =>
      importer && id.startsWith('../') ? { id: '../index.js', external: true } : undefined,
  },
};
