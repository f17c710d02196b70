import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { figures } from '../../scripts/docs/figures.js';

const benchmarks = readFileSync('BENCHMARKS.md', 'utf8');

/** The factors that a case of BENCHMARKS.md has, in all of its tables. */
const factorsOf = (title: string): number[] => {
  const [section = ''] = benchmarks.slice(benchmarks.indexOf(`### ${title}\n`)).split('\n### ');
  return [...section.matchAll(/\*\*([\d.]+)x\*\*/g)].map(([, factor]) => Number(factor));
};

describe('the figures of README.md', () => {
  const [items = '', commands = ''] = figures(benchmarks).split('\n\n');
  const rows = items.split('\n').slice(2);

  it('are of every case that is compared, with a figure of our own each', () => {
    expect(rows.length).to.be.at.least(7);
    for (const row of [...rows, ...commands.split('\n').slice(2)])
      expect(row).to.match(/^\| [A-Z].* \| [\d.]+ m?n?s \|( [\d.]+x \|| over \d+ s \|| {2}\|)+$/);
  });

  for (const row of rows) {
    const [, what = '', ...cells] = row.split('|').map((cell) => cell.trim());
    it(`of ${what} are those that BENCHMARKS.md has`, () => {
      const known = factorsOf(what.replace(/, (warm|first run)$/, ''));
      for (const cell of cells.filter((one) => one.endsWith('x'))) {
        const shown = Number(cell.slice(0, -1));
        // Both are rounded to one or two digits, so the last digit may differ.
        const near = known.some((factor) => Math.abs(factor - shown) <= 0.06 * factor + 0.008);
        expect(near, cell).to.equal(true);
      }
    });
  }

  it('of a case that is no more stop the script', () => {
    const renamed = benchmarks.replace('### Zip of two\n', '### Zip\n');
    expect(() => figures(renamed)).to.throw('BENCHMARKS.md has no case Zip of two');
  });
});
