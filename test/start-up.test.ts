import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { shell } from './helpers/command.js';
import { Folder } from './helpers/folder.js';

const index = new URL('../lib/index.js', import.meta.url).href;

/** Node's modules that a program has loaded at its end. */
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

const lib = new URL('../lib/', import.meta.url).href;

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

interface Sources {
  readonly sources: readonly string[];
}

describe('sluice', () => {
  const folder = new Folder();

  it('sluice loads of Node what it uses: for a plain line no zlib, no HTTP, no child processes and no clock', async () => {
    folder.write('a.ndjson', '{"a":1}\n');
    folder.write(
      'list.cjs',
      'process.on("exit", () => console.log(process.moduleLoadList.join()));',
    );
    const run = 'NODE_OPTIONS="--require ./list.cjs" sluice';
    const { stdout } = await shell(folder, `${run} -i a.ndjson .a; ${run} .a < a.ndjson`);
    expect(stdout).to.match(/^1\n.*NativeModule stream,.*\n1\n.*NativeModule stream,/);
    const spared = ['zlib', 'http', 'https', 'child_process', 'perf_hooks', 'fs/promises'];
    for (const name of [...spared, 'internal/fs/streams'])
      expect(stdout).to.not.include(`NativeModule ${name},`);
  });

  /** The files of the package that a command line has loaded at its end. */
  async function files(args: string): Promise<string[]> {
    const place = join(folder.path, 'coverage');
    await shell(folder, `NODE_V8_COVERAGE=${place} sluice ${args}`);
    const [report = ''] = readdirSync(place);
    const { result } = JSON.parse(readFileSync(join(place, report), 'utf8')) as Coverage;
    rmSync(place, { recursive: true });
    const loaded = result.map(({ url }) => url).filter((url) => url.startsWith(lib));
    return loaded.map((url) => url.slice(lib.length)).sort();
  }

  const plain = ['bundle.js', 'cli/bundle.js', 'cli/main.js'];

  it('sluice loads of the library what the command line names', async () => {
    folder.write('a.ndjson', '{"a":1}\n');
    folder.write('a.csv', 'a\n1\n');
    expect(await files("-i a.ndjson 'filter(r => r.a > 1)' .a")).to.deep.equal(plain);
    expect(await files('--version')).to.deep.equal(plain);
    const table = await files("-i a.csv -t table 'filter(r => r.a > 1)'");
    expect(table).to.include('formats/bundle.js').and.not.include('junctions/bundle.js');
    const taken = await files("-i a.ndjson 'take(1)'");
    expect(taken).to.include('operators/bundle.js').and.not.include('junctions/bundle.js');
    expect(await files('zip a.ndjson a.ndjson')).to.include('junctions/bundle.js');
  });

  it('sluice loads at once only what nearly every command line uses', () => {
    const { sources } = JSON.parse(readFileSync(new URL('bundle.js.map', lib), 'utf8')) as Sources;
    const modules = sources.map((path) => path.replace('../../lib/', ''));
    const inRoom = (room: string): string[] =>
      modules.filter((path) => path.startsWith(`${room}/`)).sort();
    expect(inRoom('operators')).to.deep.equal(['operators/filter.ts', 'operators/map.ts']);
    expect(inRoom('junctions')).to.deep.equal(['junctions/concat.ts']);
    expect(inRoom('sources')).to.deep.equal(['sources/from.ts']);
    for (const room of ['sinks', 'push', 'spill', 'testing', 'cli'])
      expect(inRoom(room)).to.deep.equal([]);
    const late = /csv|table|parse-json|formats\/json\/decoder/;
    const csv = modules.filter((path) => late.test(path));
    expect(csv).to.deep.equal([]);
  });
});
