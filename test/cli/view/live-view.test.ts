import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { RunStats } from '../../../lib/index.js';
import { badUsage, ending, failed, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const LINES = Array.from({ length: 1000 }, (_, a) => `{"a":${a}}\n`).join('');

describe('LiveView', () => {
  const folder = new Folder();

  it('--stats prints a table on stderr in the end, and stdout stays the data', async () => {
    folder.write('a.ndjson', LINES);
    const args = ['-i', 'a.ndjson', '--stats', 'filter(r => r.a % 2)', '.a', 'count()'];
    const { code, stdout, stderr } = await sluice(folder, args);
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '500\n' });
    const rows = stderr.trimEnd().split('\n');
    const figures = rows.map((row) => row.replace(/^\* /, '').split(/ {2,}/));
    expect(figures[0]).to.deep.equal([
      'stage',
      'in',
      'out',
      'items/s',
      'busy',
      'starved',
      'blocked',
    ]);
    expect(figures.slice(2).map(([name, first, second]) => [name, first, second])).to.deep.equal([
      ['read a.ndjson', '9.66 KiB', figures[2]?.[2]],
      ['parse a.ndjson', '9.66 KiB', '1,000'],
      ['stage 1 `filter(r => r.a % 2)`', '1,000', '500'],
      ['stage 2 `.a`', '500', '500'],
      ['stage 3 `count()`', '500', figures[6]?.[2]],
    ]);
    expect(stderr).to.not.include('\x1b');
  });

  it('--stats=json prints the same for machines, as one line', async () => {
    const { code, stdout, stderr } = await sluice(folder, ['--stats=json', '.a', 'drop(1)'], LINES);
    expect([code, stdout.length]).to.deep.equal([0, 3888]);
    expect(stderr).to.match(/^\{.*\}\n$/);
    const { ended, stages } = JSON.parse(stderr) as RunStats;
    expect(ended).to.equal(true);
    expect(
      stages.map(({ stage, itemsIn, inputs }) => [stage.name, itemsIn, inputs]).slice(2),
    ).to.deep.equal([
      ['stage 1 `.a`', 1000, [1]],
      ['stage 2 `drop(1)`', 1000, [2]],
      ['format stdout', 999, [3]],
      ['write stdout', stages.at(-1)?.itemsIn, [4]],
    ]);
  });

  it('--progress sums up what all inputs have brought: bytes as they are in the files', async () => {
    const packed = gzipSync(LINES);
    folder.write('b.ndjson', LINES);
    folder.write('b.ndjson.gz', packed);
    const args = ['-i', 'b.ndjson', '-i', 'b.ndjson.gz', '--progress', 'count()'];
    const { stdout, stderr } = await sluice(folder, args);
    const kib = ((LINES.length + packed.length) / 1024).toFixed(1);
    expect(stdout).to.equal('2000\n');
    expect(stderr).to.match(
      new RegExp(`^${kib} KiB {2}0:0\\d {2}\\S+ \\S+/s {2}2,000 items {2}\\S+ items/s\n$`),
    );
  });

  it('--stats and --progress go together, and come before what is said of a failure', async () => {
    const args = ['--stats', '--progress', 'map(r => r.b.c)'];
    const { code, stderr } = await sluice(folder, args, LINES);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^stage +in[\s\S]*\n\S+ KiB .* items\/s\nsluice: stage 1 failed on item 1 \(stdin, line 1\): /,
    );
  });

  it('SIGINT leaves a table of what was done', async () => {
    const child = start(folder, ['--stats', '.a']);
    child.stdin.write(LINES);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const { code, stderr } = await ending(child);
    expect(code).to.equal(130);
    expect(stderr).to.match(/^(\* )?parse stdin +[\d.]+ KiB +[\d,]+ /m);
  });

  it('a reader of stderr who has gone is no failure', async () => {
    const child = start(folder, ['--stats', '--progress', 'count()']);
    child.stderr.destroy();
    child.stdin.end(LINES);
    const [stdout] = (await once(child.stdout, 'data')) as [Buffer];
    const [code] = (await once(child, 'close')) as [number];
    expect([code, stdout.toString()]).to.deep.equal([0, '1000\n']);
  });

  for (const [file, begins] of [
    ['run.svg', /^<\?xml[\s\S]*>(?: |&#160;)1,000 items</],
    ['run.dot', /^digraph sluice \{[\s\S]*1,000 items\\l/],
    ['run.mmd', /^flowchart TB\n[\s\S]*"1,000 items<br\/>/],
  ] as const) {
    it(`--graph ${file} draws the run`, async () => {
      const { code, stdout, stderr } = await sluice(folder, ['--graph', file, 'count()'], LINES);
      expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: '1000\n', stderr: '' });
      expect(folder.text(file)).to.match(begins);
    });
  }

  it('--graph draws a run that has failed, too', async () => {
    const { code } = await sluice(folder, ['--graph', 'bad.dot', 'map(r => r.b.c)'], LINES);
    expect(code).to.equal(1);
    expect(folder.text('bad.dot')).to.include('stage 1 `map(r => r.b.c)`');
  });

  it('--graph into what is written or read, or into what is not there, is told before anything is done', async () => {
    folder.write('in.dot', LINES);
    const both = ['-o', 'x.dot', '--graph', 'x.dot'];
    expect(await sluice(folder, both, LINES)).to.deep.equal(badUsage('x.dot is written to twice'));
    const read = ['-i', 'in.dot', '-f', 'ndjson', '--graph', 'in.dot'];
    expect(await sluice(folder, read)).to.deep.equal(badUsage('in.dot is both read and written'));
    const missing = ['--graph', 'no/x.dot'];
    expect(await sluice(folder, missing, LINES)).to.deep.equal(
      failed('no/x.dot: no such file or directory'),
    );
  });
});
