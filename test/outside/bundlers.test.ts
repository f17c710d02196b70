import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build, type Format } from 'esbuild';
import { rolldown } from 'rolldown';
import { ending } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Uses what loads a package only when it is needed. The odd row of CSV comes late. */
const PROGRAM = `
import { formatTable, parseCsv, parseJson, pipeline, toArray } from 'sluice';

async function main() {
  const text = 'a,b\\n' + '1,2\\n'.repeat(100) + '"x ""y""\\nz",2\\n';
  const rows = await pipeline([text], parseCsv(), toArray());
  const items = await pipeline(['{"a":[1,{"b":2}]}'], parseJson({ path: 'a' }), toArray());
  const table = await pipeline([{ city: '\\u6771\\u4eac', n: 7 }], formatTable(), toArray());
  console.log(JSON.stringify([rows.length, rows.at(-1), items, table.join('')]));
}
main().catch((error) => console.log(error.message));
`;

const RESULT = [101, { a: 'x "y"\nz', b: '2' }, [1, { b: 2 }], 'city  n\n────  ─\n東京  7\n'];
const endingOf = { cjs: 'cjs', esm: 'mjs' } as const;

describe('a program in one file, bundled', () => {
  const project = mkdtempSync(join(tmpdir(), 'sluice-'));
  const entry = join(project, 'program.mjs');
  const empty = new Folder();

  before(async () => {
    const packages = join(project, 'node_modules');
    mkdirSync(join(packages, 'sluice'), { recursive: true });
    cpSync(join(root, 'dist/lib'), join(packages, 'sluice/dist/lib'), { recursive: true });
    const manifest = await readFile(join(root, 'package.json'), 'utf8');
    await writeFile(join(packages, 'sluice/package.json'), manifest);
    await writeFile(entry, PROGRAM);
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(packages, name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(packages, name));
    }
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  /** Bundles by esbuild, and returns what it warns of. */
  async function esbuild(format: Format & keyof typeof endingOf, external: string[] = []) {
    const outfile = join(empty.path, `program.${endingOf[format]}`);
    const { warnings } = await build({
      ...{ entryPoints: [entry], bundle: true, platform: 'node', format, external, outfile },
      logLevel: 'silent',
    });
    return warnings.map(({ text }) => text);
  }

  async function output(name: string): Promise<string> {
    const program = spawn(process.execPath, [name], { cwd: empty.path, stdio: 'pipe' });
    const { stdout, stderr } = await ending(program);
    expect(stderr).to.equal('');
    return stdout;
  }

  for (const format of ['cjs', 'esm'] as const) {
    const name = `program.${endingOf[format]}`;

    it(`by esbuild as ${format} runs in an empty folder, the packages that are loaded late included`, async () => {
      expect(await esbuild(format)).to.deep.equal([]);
      expect(JSON.parse(await output(name))).to.deep.equal(RESULT);
    });

    it(`by esbuild as ${format} without a package says so at the call, by name`, async () => {
      await esbuild(format, ['csv-parse']);
      expect(await output(name)).to.match(
        /^parseCsv: csv-parse can't be loaded; have the bundler include it/,
      );
      await esbuild(format, ['stream-json']);
      expect(await output(name)).to.match(/^parseJson: stream-json can't be loaded/);
      await esbuild(format, ['string-width']);
      expect(await output(name)).to.match(/^formatTable: string-width can't be loaded/);
    });

    it(`by esbuild as ${format} finds a package that was left out where it is installed`, async () => {
      await esbuild(format, ['csv-parse']);
      mkdirSync(join(empty.path, 'node_modules'));
      symlinkSync(join(root, 'node_modules/csv-parse'), join(empty.path, 'node_modules/csv-parse'));
      expect(JSON.parse(await output(name))).to.deep.equal(RESULT);
    });

    it(`by rolldown as ${format} runs in an empty folder`, async () => {
      const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
      await bundle.write({ format, file: join(empty.path, name), codeSplitting: false });
      await bundle.close();
      expect(JSON.parse(await output(name))).to.deep.equal(RESULT);
    });
  }
});
