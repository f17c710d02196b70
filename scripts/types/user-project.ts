import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFor } from './compilation.js';

const TESTS = 'test/types';
const OPTIONS = {
  target: 'es2022',
  module: 'nodenext',
  types: ['node', 'mocha'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

/**
 * Makes a folder with the declarations of one Node a project of a user's: the package is installed, and the type tests
 * import it by its name. Answers the configuration for a TypeScript.
 */
export function userProject(folder: string, typescript: string, lib: string): string {
  const installed = join(folder, 'node_modules/sluice');
  rmSync(installed, { recursive: true, force: true });
  cpSync(lib, join(installed, 'dist/lib'), { recursive: true });
  cpSync('package.json', join(installed, 'package.json'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const tests = join(folder, `test-${typescript}`);
  rmSync(tests, { recursive: true, force: true });
  mkdirSync(tests);
  for (const file of readdirSync(TESTS).filter((name) => isFor(typescript, name))) {
    const text = readFileSync(join(TESTS, file), 'utf8');
    writeFileSync(join(tests, file), text.replaceAll("'../../lib/index.js'", "'sluice'"));
  }
  const config = join(tests, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: OPTIONS }));
  return config;
}
