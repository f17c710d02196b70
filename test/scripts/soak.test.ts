import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { flatness } from '../../scripts/soak/flatness.js';
import { Random } from '../../scripts/soak/random.js';
import { report } from '../../scripts/soak/report.js';
import { soakWholeRuns } from '../properties/soak.js';

const SAMPLES = 60;
const tolerance = { share: 0.05, least: 2 };

const samples = (at: (sample: number) => number): number[] =>
  Array.from({ length: SAMPLES }, (_, sample) => at(sample));

const series: Record<string, { flat: boolean; values: number[] }> = {
  'what never changes': { flat: true, values: samples(() => 100) },
  'what goes up and down': { flat: true, values: samples((at) => 100 + (at % 7) * 3) },
  'what rises while it warms up': { flat: true, values: samples((at) => Math.min(at, 12) * 50) },
  'what falls': { flat: true, values: samples((at) => 200 - at) },
  'a few samples that are far off': {
    flat: true,
    values: samples((at) => (at % 20 === 19 ? 9000 : 100)),
  },
  'what rises by less than the tolerance': { flat: true, values: samples((at) => 100 + at / 10) },
  'what rises bit by bit': { flat: false, values: samples((at) => 100 + at / 4) },
  'what rises under noise': { flat: false, values: samples((at) => 100 + at + (at % 5) * 4) },
  'what rises by steps': { flat: false, values: samples((at) => 100 + Math.floor(at / 20) * 10) },
};

describe('the soak', () => {
  for (const [title, { flat, values }] of Object.entries(series)) {
    it(`calls ${title} ${flat ? 'flat' : 'not flat'}`, () => {
      expect(flatness(values, tolerance).flat).to.equal(flat);
    });
  }

  it('calls one handle more than before not flat where nothing may rise', () => {
    const exact = { share: 0, least: 0 };
    const handles = samples((at) => (at < 40 ? 5 : 6));
    expect(flatness(handles, exact)).to.deep.equal({ first: 5, last: 6, allowed: 0, flat: false });
  });

  it('names what was not flat, and refuses to judge by a few samples', () => {
    const measure = (name: string) => ({ name, bytes: false, tolerance, read: () => 0 });
    const all = [measure('handles'), measure('listeners')];
    const { table, problems } = report(all, [samples(() => 3), samples((at) => at)]);
    expect(problems).to.deep.equal(['listeners: not flat']);
    expect(table)
      .to.match(/^handles .* flat$/m)
      .and.match(/^listeners .* NOT FLAT$/m);
    expect(
      report(all, [
        [1, 1],
        [1, 1],
      ]).problems,
    ).to.deep.equal(['2 samples are too few: give it more minutes']);
  });

  it('draws the same by the same seed, from all there is', () => {
    const draws = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 200 }, () => random.below(10));
    };
    expect(draws(7)).to.deep.equal(draws(7)).and.not.deep.equal(draws(8));
    expect([...new Set(draws(7))].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('does not fail where its time is over before the first random run is', async () => {
    const soaked = await soakWholeRuns(0, 1);
    expect(soaked.map(({ way }) => way)).to.deep.equal(['pipeline', "Node's pipeline", 'push']);
  });

  it('refuses what is no time and no seed', () => {
    for (const args of [
      ['--minutes', '0'],
      ['--seed', 'x'],
      ['--hours', '1'],
    ]) {
      const { status, stderr } = spawnSync(
        process.execPath,
        ['dist/scripts/soak/main.js', ...args],
        { encoding: 'utf8' },
      );
      expect([status, stderr]).to.deep.equal([
        2,
        'usage: npm run soak -- [--minutes <number>] [--seed <integer>]\n',
      ]);
    }
  });
});
