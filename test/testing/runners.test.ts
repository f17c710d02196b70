import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import * as testing from '../../lib/testing/index.js';

/** A program as a user of the package writes it. */
const suite = (stage: string) => `
  import { describe, test } from 'node:test';
  import { map } from 'sluice';
  import { stageConformance } from 'sluice/testing';

  const spec = { input: ['a', 'b', 'c'], expected: ['A', 'B', 'C'] };
  describe('upper', () => {
    for (const { name, run } of stageConformance(() => ${stage}, spec)) test(name, run);
  });
`;

describe('sluice/testing', () => {
  // Inside the package folder, so that `import 'sluice'` is this very package.
  let folder = '';
  before(() => {
    folder = mkdtempSync(resolve('dist', 'suite-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(stage: string) {
    const file = join(folder, 'upper.mjs');
    writeFileSync(file, suite(stage));
    const args = ['--test', '--test-reporter=tap', file];
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    return spawnSync(process.execPath, args, { encoding: 'utf8', env });
  }

  it('exports these names and no other', () => {
    const names = ['sinkConformance', 'sourceConformance', 'stageConformance'];
    expect(Object.keys(testing).sort()).to.deep.equal(names);
  });

  it('runs by node:test, where a sound stage passes', () => {
    const { status, stdout } = run('map((text) => text.toUpperCase())');
    expect(stdout).to.match(/^# fail 0$/m);
    expect(stdout).to.match(/^ *ok \d+ - gives the expected items through pipeline$/m);
    expect(status).to.equal(0);
  }).timeout(60_000);

  it('runs by node:test, where a wrong stage fails by name', () => {
    const { status, stdout } = run('map((text) => text)');
    expect(stdout).to.match(/^ *not ok \d+ - gives the expected items through pipeline$/m);
    expect(stdout).to.match(/^ *ok \d+ - closes once when its input has ended$/m);
    expect(status).to.equal(1);
  }).timeout(60_000);
});
