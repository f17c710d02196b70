import * as fs from 'node:fs';
import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

describe('planInputs', () => {
  const folder = new Folder();
  beforeEach(() => {
    folder.write('a.ndjson', '{"n":1}\n{"n":4}\n');
    folder.write('b.csv', 'n\n2\n3\n');
  });

  it('-i may be given again: one file after the other, each in its format', async () => {
    const args = ['-i', 'a.ndjson', '-i', 'b.csv', '-i', '-', 'r => +r.n'];
    expect(await sluice(folder, args, '{"n":5}\n')).to.deep.equal(done('1\n4\n2\n3\n5\n'));
  });

  it('--merge-by merges sorted inputs, of -i and of merge', async () => {
    const merge = ['--merge-by', 'r => +r.n', 'r => +r.n'];
    for (const files of [
      ['-i', 'a.ndjson', '-i', 'b.csv'],
      ['merge', 'a.ndjson', 'b.csv'],
    ])
      expect(await sluice(folder, [...files, ...merge])).to.deep.equal(done('1\n2\n3\n4\n'));
  });

  it('--merge-by fails on an input that is not sorted', async () => {
    const { code, stderr } = await sluice(
      folder,
      ['--merge-by', 'r => r', '-f', 'lines'],
      'b\na\n',
    );
    expect(code).to.equal(1);
    expect(stderr).to.match(/sort/);
  });

  it('a pattern stands for the files it fits where Node can expand it', async () => {
    const outcome =
      'globSync' in fs
        ? done('1\n4\n')
        : failed(
            `*.ndjson: no such file (Node ${process.versions.node} expands no patterns: let the shell do it, as in sluice concat *.csv)`,
          );
    const { code, stdout, stderr } = await sluice(folder, ['-i', '*.ndjson', 'r => r.n']);
    expect({ code, stdout, stderr: stderr.replace(/^\(.*\n/gm, '') }).to.deep.equal(outcome);
  });

  it('a file whose name looks like a pattern is that file', async () => {
    folder.write('[a].txt', 'x\n');
    expect(await sluice(folder, ['-i', '[a].txt'])).to.deep.equal(done('"x"\n'));
  });

  const wrong: [string[], string][] = [
    [['-i', '-', '-i', '-'], 'stdin (-) can be read only once'],
    [
      ['zip', 'a.ndjson', '--merge-by', 'r => r'],
      '--merge-by merges, and zip joins in another way',
    ],
    [['zip', 'a.ndjson', '-i', 'b.csv'], 'zip takes its files as arguments, not with --input'],
  ];
  for (const [args, message] of wrong) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(badUsage(message));
    });
  }
});
