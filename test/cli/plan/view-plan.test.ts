import { expect } from 'chai';
import { parseCommandLine } from '../../../lib/cli/flags/parse-command-line.js';
import { isShown, viewPlan } from '../../../lib/cli/plan/view-plan.js';
import { badUsage, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const planOf = (...argv: string[]) => viewPlan(parseCommandLine(argv).flags);

describe('viewPlan', () => {
  const folder = new Folder();

  for (const [file, format] of [
    ['a.svg', 'svg'],
    ['b.x.dot', 'dot'],
    ['c.gv', 'dot'],
    ['d.mmd', 'mermaid'],
  ] as const) {
    it(`--graph ${file} draws ${format}`, () => {
      expect(planOf('--graph', file).graph).to.deep.equal({ path: file, format });
    });
  }

  it('--stats is a table unless it says otherwise', () => {
    expect(
      [planOf('--stats'), planOf('--stats=table'), planOf('--stats=json')].map(
        ({ stats }) => stats,
      ),
    ).to.deep.equal(['table', 'table', 'json']);
  });

  it('nothing is shown without an option for it', () => {
    expect(isShown(planOf())).to.equal(false);
    for (const flag of ['--stats', '--progress', '--graph=a.svg'])
      expect(isShown(planOf(flag))).to.equal(true);
  });

  it('--graph with --dry-run is bad usage', async () => {
    expect(await sluice(folder, ['--dry-run', '--graph', 'a.svg'])).to.deep.equal(
      badUsage('--graph draws a run, and --dry-run has none; leave out one of them'),
    );
  });

  it('another form or another ending is bad usage', async () => {
    expect(await sluice(folder, ['--stats=jsn'])).to.deep.equal(
      badUsage("--stats is for table, json, got 'jsn'; did you mean json?"),
    );
    expect(await sluice(folder, ['--graph', 'a.png'])).to.deep.equal(
      badUsage('--graph: a.png must end in one of .svg, .dot, .gv, .mmd'),
    );
  });
});
