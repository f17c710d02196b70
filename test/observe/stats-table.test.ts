import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';
import { textWidth } from '../../lib/formats/text/text-width.js';
import { statsTable } from '../../lib/observe/stats-table.js';
import { busyRun, runStats } from '../helpers/run-stats.js';

const small = () =>
  runStats(
    [
      { name: 'range', itemsOut: 1000, busyMs: 10, blockedMs: 1990 },
      { name: 'map(slow)', itemsIn: 1000, itemsOut: 1000, busyMs: 1940, starvedMs: 60 },
      { name: 'toArray', itemsIn: 1000, starvedMs: 2000 },
    ],
    { elapsedMs: 2000, ended: true, bottleneck: 1 },
  );

describe('statsTable', () => {
  it('shows items in and out, items a second, what time went into, and which stage is the bottleneck', () => {
    expect(statsTable(small())).to.equal(
      [
        'stage           in    out  items/s  busy  starved  blocked',
        '───────────  ─────  ─────  ───────  ────  ───────  ───────',
        'range               1,000      500    1%       0%     100%',
        '* map(slow)  1,000  1,000      500   97%       3%       0%',
        'toArray      1,000             500    0%     100%       0%',
        '',
      ].join('\n'),
    );
  });

  it('shows what is held, too, until the run has ended', () => {
    const run = { ...small(), ended: false };
    const stages = run.stages.map((stage) => ({ ...stage, held: stage.id * 12 }));
    const lines = statsTable({ ...run, stages })
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => line.split(/ +/).at(-1))).to.deep.equal([
      'held',
      '────',
      '0',
      '12',
      '24',
    ]);
  });

  it('shows bytes where a stream of bytes is read or written, and branches set in', () => {
    const lines = statsTable(busyRun(), { width: 80 }).split('\n');
    expect(lines[2]).to.match(/^read a\.csv\.gz +100 MiB {2}25\.0 MiB\/s +2% /);
    expect(lines[3]).to.match(/^a\.csv\.gz +100 MiB {2}1,234,567 +309k +23% /);
    expect(lines[7]).to.match(/^ {2}stdout +1\.91 MiB +488 KiB\/s /);
  });

  for (const width of [120, 80, 60, 40, 30, 20, 10]) {
    it(`fits into ${width} columns, the bottleneck still marked`, () => {
      const lines = statsTable(busyRun(), { width }).trimEnd().split('\n');
      expect(Math.max(...lines.map(textWidth))).to.be.at.most(width);
      expect(lines.filter((line) => /^\* /.test(line))).to.have.lengthOf(1);
      expect(lines[5]).to.match(/97%/);
    });
  }

  it('leaves out columns where it is narrow, rather than cut figures', () => {
    const heads = [80, 60, 40, 30, 20].map((width) =>
      statsTable(busyRun(), { width }).split('\n')[0]?.split(/ +/).slice(1),
    );
    expect(heads).to.deep.equal([
      ['in', 'out', 'items/s', 'busy', 'starved', 'blocked', 'held'],
      ['in', 'out', 'per', 's', 'busy'],
      ['out', 'per', 's', 'busy'],
      ['per', 's', 'busy'],
      ['busy'],
    ]);
  });

  it('with since, rates and percentages are of the time since then', () => {
    const since = runStats([
      { name: 'range', itemsOut: 900, busyMs: 5, blockedMs: 995 },
      { name: 'map(slow)', itemsIn: 900, itemsOut: 900, busyMs: 940, starvedMs: 60 },
    ]);
    expect(statsTable(small(), { since }).split('\n').slice(2, 5)).to.deep.equal([
      'range               1,000      100    1%       0%     100%',
      '* map(slow)  1,000  1,000      100  100%       0%       0%',
      'toArray      1,000             500    0%     100%       0%',
    ]);
  });

  it('rows bounds how many stages are shown, the bottleneck among them', () => {
    const lines = statsTable(busyRun(), { rows: 2 }).trimEnd().split('\n');
    expect(lines.slice(2).map((line) => line.split(/ {2,}/)[0])).to.deep.equal([
      'read a.csv.gz',
      '* stage 2 `map(slow)`',
      '… 6 more',
    ]);
  });

  it('color sets off the names of columns and the bottleneck', () => {
    const lines = statsTable(small(), { color: true }).split('\n');
    expect(
      lines.map((line) => line.startsWith('\x1b[1m') && line.endsWith('\x1b[22m')),
    ).to.deep.equal([true, true, false, true, false, false]);
  });

  it('a name stays on its line, and moves no cursor', () => {
    const table = statsTable(runStats([{ name: 'map(x =>\n  x)' }, { name: '\x1b[2Ja' }]));
    expect(table).to.match(/^map\(x => x\) /m);
    expect(table).to.match(/^\ufffd\[2Ja /m);
  });

  it('of a run that has not begun is empty but for its head', () => {
    expect(statsTable(runStats([], { elapsedMs: 0 })).split('\n')).to.have.lengthOf(3);
  });

  for (const options of [{ width: 0 }, { rows: 1.5 }, { color: 1 }] as never[]) {
    it(`refuses ${JSON.stringify(options)} at the call`, () => {
      expect(() => statsTable(small(), options)).to.throw(ArgumentError);
    });
  }
});
