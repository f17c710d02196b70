import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { shell } from './helpers/command.js';
import { Folder } from './helpers/folder.js';

const index = new URL('../lib/index.js', import.meta.url).href;

/** The modules of Node's own that a program has loaded at its end. */
function builtins(program: string): string[] {
  const script = `${program}\nconsole.log(JSON.stringify(process.moduleLoadList));`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(stdout) as string[];
}

/** The modules of the package that a module imports, and those they import. */
function modulesOf(url: string, found = new Set<string>()): Set<string> {
  if (found.has(url)) return found;
  found.add(url);
  const text = readFileSync(new URL(url), 'utf8');
  for (const [, path] of text.matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)["']/g))
    modulesOf(new URL(path as string, url).href, found);
  return found;
}

describe("import 'sluice'", () => {
  it("import 'sluice' loads nothing of sluice/testing", () => {
    const loaded = [...modulesOf(index)];
    expect(loaded).to.have.length.above(1);
    expect(loaded.filter((url) => url.includes('/lib/testing/'))).to.deep.equal([]);
  });

  it("import 'sluice' loads no package; a format loads its own when it is needed", () => {
    const text = 'const { parseCsv, pipeline, toArray } = await import(process.argv[1]);';
    const read = "await pipeline(['a\\n\"1\"2\\n'], parseCsv({ onError: 'skip' }), toArray());";
    const packages = (program: string): boolean => {
      const script = `${program}
        const { createRequire } = await import('node:module');
        const { cache } = createRequire(process.argv[1]);
        console.log(Object.keys(cache).some((path) => path.includes('node_modules')));`;
      const args = ['--input-type=module', '--eval', script, index];
      return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout) as boolean;
    };
    expect(packages(`${text} parseCsv();`)).to.equal(false);
    expect(packages(`${text} ${read}`)).to.equal(true);
    const names = [...modulesOf(index)].flatMap((url) => [
      ...readFileSync(new URL(url), 'utf8').matchAll(/^import .*? from ["']([^."'][^"']*)/gm),
    ]);
    expect(names.map(([, name]) => name).filter((name) => !name?.startsWith('node:'))).to.be.empty;
  });

  it("import 'sluice' loads none of Node's web streams", () => {
    const before = new Set(builtins(''));
    const loaded = builtins(`await import(${JSON.stringify(index)});`);
    const added = loaded.filter((name) => !before.has(name));
    expect(added).to.include('NativeModule stream');
    expect(added.filter((name) => name.includes('webstreams'))).to.deep.equal([]);
  });
});

describe('sluice', () => {
  const folder = new Folder();

  it('sluice loads what it uses: for a plain line no zlib, no HTTP and no child processes', async () => {
    folder.write('a.ndjson', '{"a":1}\n');
    folder.write(
      'list.cjs',
      'process.on("exit", () => console.log(process.moduleLoadList.join()));',
    );
    const run = 'NODE_OPTIONS="--require ./list.cjs" sluice';
    const { stdout } = await shell(folder, `${run} -i a.ndjson .a; ${run} .a < a.ndjson`);
    expect(stdout).to.match(/^1\n.*NativeModule stream,.*\n1\n.*NativeModule stream,/);
    for (const name of ['zlib', 'http', 'https', 'child_process'])
      expect(stdout).to.not.include(`NativeModule ${name},`);
  });
});
