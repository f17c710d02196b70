import { expect } from 'chai';
import { shownRun } from '../../../lib/cli/view/shown-run.js';
import { runStats } from '../../helpers/run-stats.js';

const labels = { inputs: ['a.csv', 'b.csv'], outputs: ['stdout', 'c.txt.gz'] };

describe('shownRun', () => {
  it('calls what reads and writes by the file, also through what compresses', () => {
    const run = runStats([
      { name: 'ReadStream' },
      { name: 'a.csv' },
      { name: 'Gunzip', inputs: [], kind: 'source' },
      { name: 'b.csv', inputs: [2] },
      { name: 'concat', inputs: [1, 3] },
      { name: 'broadcast' },
      { name: 'stdout', inputs: [5] },
      { name: 'stdout', kind: 'sink' },
      { name: 'c.txt.gz', inputs: [5] },
      { name: 'Gzip' },
      { name: 'WriteStream', kind: 'sink' },
    ]);
    expect(shownRun(run, labels).stages.map(({ stage }) => stage.name)).to.deep.equal([
      'read a.csv',
      'parse a.csv',
      'read b.csv',
      'parse b.csv',
      'concat',
      'broadcast',
      'format stdout',
      'write stdout',
      'format c.txt.gz',
      'Gzip',
      'write c.txt.gz',
    ]);
  });

  it('leaves a sink of the user its own name', () => {
    const run = runStats([
      { name: 'ReadStream' },
      { name: 'a.csv' },
      { name: 'stage 1 `count()`' },
    ]);
    expect(shownRun(run, labels).stages.at(-1)?.stage.name).to.equal('stage 1 `count()`');
  });

  it('tells of a gate, and of what joins a single input, at the stage before it', () => {
    const run = runStats(
      [
        { name: 'from', busyMs: 10, blockedMs: 90 },
        { name: 'input', busyMs: 20, starvedMs: 10, blockedMs: 70 },
        { name: 'concat', busyMs: 5, starvedMs: 30, blockedMs: 65 },
        { name: 'map', busyMs: 60, starvedMs: 35, blockedMs: 5 },
        { name: 'stages', busyMs: 3, starvedMs: 95, blockedMs: 2 },
        { name: 'count', busyMs: 2, starvedMs: 98 },
      ],
      { bottleneck: 4 },
    );
    const { stages, bottleneck } = shownRun(run, labels);
    expect(stages.map(({ id, stage, inputs }) => [id, stage.name, inputs])).to.deep.equal([
      [0, 'from', []],
      [1, 'map', [0]],
      [2, 'count', [1]],
    ]);
    expect(
      stages.map(({ busyMs, starvedMs, blockedMs }) => [busyMs, starvedMs, blockedMs]),
    ).to.deep.equal([
      [35, 0, 65],
      [63, 35, 2],
      [2, 98, 0],
    ]);
    expect(bottleneck).to.equal(1);
  });

  it('says that the others wait for a stage with its gates, if that is so', () => {
    const run = runStats(
      [
        { name: 'from', busyMs: 40 },
        { name: 'map', busyMs: 30 },
        { name: 'stages', busyMs: 20 },
        { name: 'count', busyMs: 10 },
      ],
      { bottleneck: 0 },
    );
    expect(shownRun(run, labels).bottleneck).to.equal(1);
    expect(shownRun({ ...run, bottleneck: undefined }, labels).bottleneck).to.equal(undefined);
  });
});
