/**
 * Compiles the type tests as a user would, against the declarations that ship, with the declarations of each Node and each
 * TypeScript that the package is for. Two at once: a compiler is one busy thread.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type InstalledPackage, installedPackage } from '../matrix/installed-package.js';
import { rollUpDeclarations } from '../package/declarations.js';
import { type Compilation, compilations } from './compilation.js';
import { userProject } from './user-project.js';

const CACHE = join(process.cwd(), 'node_modules/.cache/types');
const AT_ONCE = 2;

interface Planned {
  readonly title: string;
  readonly compiler: string;
  readonly config: string;
}

const installed = new Map<string, InstalledPackage>();

function install(kind: string, name: string, version: string): InstalledPackage {
  const folder = join(CACHE, `${kind}-${version}`);
  const known = installed.get(folder) ?? installedPackage(folder, name, version);
  installed.set(folder, known);
  return known;
}

function plan({ node, typescript }: Compilation, lib: string): Planned {
  const types = install('node', '@types/node', node);
  const compiler = install('typescript', 'typescript', typescript);
  return {
    title: `@types/node ${types.version}, TypeScript ${compiler.version}`,
    compiler: join(compiler.home, compiler.bin['tsc'] as string),
    config: userProject(join(CACHE, `node-${node}`), typescript, lib),
  };
}

function compile({ title, compiler, config }: Planned): Promise<boolean> {
  const began = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', config, '--pretty', 'false'], (error, stdout) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      if (error) console.log(`\n${stdout || error.message}`);
      console.log(`${title}: ${error ? 'FAILED' : 'passed'}, ${seconds} s`);
      resolve(!error);
    });
  });
}

const lib = join(CACHE, 'lib');
await rollUpDeclarations('dist/lib', lib);
const left = compilations(process.argv.slice(2)).map((one) => plan(one, lib));
const results: boolean[] = [];
const work = async (): Promise<void> => {
  for (let next = left.shift(); next; next = left.shift()) results.push(await compile(next));
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
process.exitCode = results.every(Boolean) ? 0 : 1;
