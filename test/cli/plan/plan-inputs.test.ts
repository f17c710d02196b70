import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

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

  it('a pattern stands for the files it fits, in order', async () => {
    folder.write('c.ndjson', '{"n":5}');
    for (const pattern of ['*.ndjson', './[abc].ndjson', '**/?.nd*', join(folder.path, '*.ndjson')])
      expect(await sluice(folder, ['-i', pattern, 'r => r.n'])).to.deep.equal(done('1\n4\n5\n'));
  });

  it('a pattern that fits folders alone, or nothing, fails', async () => {
    mkdirSync(join(folder.path, 'sub'));
    for (const pattern of ['s*', 'no/*.csv'])
      expect(await sluice(folder, ['-i', pattern])).to.deep.equal(
        failed(`${pattern}: no file matches the pattern`),
      );
  });

  it('a file whose name looks like a pattern is that file', async () => {
    folder.write('[a].txt', 'x\n');
    expect(await sluice(folder, ['-i', '[a].txt'])).to.deep.equal(done('"x"\n'));
  });

  const wrong: [string[], string][] = [
    [['-i', '-', '-i', '-'], 'stdin (-) can be read only once'],
    [['zip', 'a.ndjson', '--merge-by', 'r => r'], '--merge-by is for merge, not for zip'],
    [['zip', 'a.ndjson', '-i', 'b.csv'], 'zip takes its files as arguments, not with --input'],
  ];
  for (const [args, message] of wrong) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(badUsage(message));
    });
  }
});
