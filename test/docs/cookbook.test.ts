import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect } from 'chai';
import { COOKBOOK, recipes } from '../../scripts/docs/cookbook.js';
import { startPostgres } from '../helpers/postgres.js';

describe('the cookbook', () => {
  // Inside the package folder, so that `import 'sluice'` is this very package.
  let folder = '';
  before(() => {
    folder = mkdtempSync(resolve('dist', 'cookbook-'));
    symlinkSync(resolve('dist/lib/cli/main.js'), join(folder, 'sluice'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const all = recipes();

  it('has twenty recipes at least, and each says what it is for and what it prints', () => {
    expect(all).to.have.length.of.at.least(20);
    const outputs = readdirSync(COOKBOOK).filter((name) => name.endsWith('.expected.txt'));
    expect(outputs.sort()).to.deep.equal(all.map(({ expected }) => expected).sort());
    expect(all.filter(({ task }) => !/^[A-Z].*\.$/.test(task))).to.deep.equal([]);
  });

  for (const { file, task, expected, needsPostgres, needsStreamIter } of all) {
    // Not on every Node: the test of stream/iter runs it.
    if (needsStreamIter) continue;
    it(`${file}: ${task}`, async () => {
      const place = join(folder, file.replace('.', '-'));
      mkdirSync(place);
      cpSync('data', join(place, 'data'), { recursive: true });
      cpSync(join(COOKBOOK, 'data'), join(place, 'data'), { recursive: true });
      cpSync(join(COOKBOOK, file), join(place, file));
      const server = needsPostgres ? await startPostgres() : undefined;
      const { stdout, stderr, status } = spawnSync(
        file.endsWith('.mjs') ? process.execPath : 'bash',
        [file],
        {
          cwd: place,
          encoding: 'utf8',
          env: {
            ...process.env,
            ...server?.env,
            PATH: `${folder}${delimiter}${process.env['PATH']}`,
          },
        },
      );
      await server?.stop();
      const output = readFileSync(join(COOKBOOK, expected), 'utf8');
      expect({ stdout, stderr, status }).to.deep.equal({ stdout: output, stderr: '', status: 0 });
    });
  }
});
