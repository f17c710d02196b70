import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ending } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What Node itself says of `require` of a module, in some of its versions. */
const OF_NODE =
  /^\(node:\d+\) ExperimentalWarning: .*(?:CommonJS|require).*\n\(Use `node --trace-warnings.*\n/;

const PROGRAM = `
const { map, parseCsv, pipeline, range, Stage, toArray } = require('sluice');
const { stageConformance } = require('sluice/testing');
const { version } = require('sluice/package.json');

(async () => {
  const items = await pipeline(range(0, 2), map((x) => x + 1), toArray());
  const rows = await pipeline(['a,b\\n"x ""y""\\nz",2\\n'], parseCsv(), toArray());
  const suites = stageConformance(() => map((x) => x), { input: [1], expected: [1] });
  for (const { run } of suites) await run();
  const imported = await import('sluice');
  console.log(JSON.stringify([items, rows, typeof version, imported.Stage === Stage]));
})();
`;

describe("require('sluice')", () => {
  const folder = new Folder();
  beforeEach(() => {
    mkdirSync(join(folder.path, 'node_modules'));
    symlinkSync(root, join(folder.path, 'node_modules/sluice'));
  });

  const run = (...flags: string[]) => {
    folder.write('program.cjs', PROGRAM);
    const program = [...flags, 'program.cjs'];
    return ending(spawn(process.execPath, program, { cwd: folder.path, stdio: 'pipe' }));
  };

  it('gives what import gives: the same classes, the formats and the suites', async () => {
    const { stdout, stderr, code } = await run();
    expect(stderr.replace(OF_NODE, '')).to.equal('');
    expect(JSON.parse(stdout)).to.deep.equal([[1, 2], [{ a: 'x "y"\nz', b: '2' }], 'string', true]);
    expect(code).to.equal(0);
  });

  it('and what it loads warn of nothing that is deprecated', async () => {
    const { stderr, code } = await run('--throw-deprecation', '--pending-deprecation');
    expect(stderr.replace(OF_NODE, '')).to.equal('');
    expect(code).to.equal(0);
  });
});
