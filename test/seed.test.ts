import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const CELLS = ['3', '4', '5', '7', '8'];

const seed = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/scripts/seed.js', ...args], { encoding: 'utf8' });

const expected = (cell: string): string =>
  readFileSync(`test/data/seed/cell-${cell}.expected.txt`, 'utf8');

describe('the seed', () => {
  for (const cell of CELLS) {
    it(`cell ${cell} prints its trace byte for byte`, () => {
      const { stdout, stderr, status } = seed(cell);
      expect({ stdout, stderr, status }).to.deep.equal({
        stdout: expected(cell),
        stderr: '',
        status: 0,
      });
    });
  }

  it('without a number prints all cells under their headings', () => {
    const all = CELLS.map((cell) => `# Cell ${cell}\n${expected(cell)}`).join('');
    expect(seed().stdout).to.equal(all);
  });

  it('refuses a cell that is not there, and says which are', () => {
    const { stderr, status } = seed('6');
    expect([status, stderr]).to.deep.equal([2, 'seed: no cell 6; there are 3, 4, 5, 7, 8\n']);
  });
});
