import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const ADVICE =
  'is a file, where a stage is expected; read it with -i, or put it directly after a command (zip, merge, concat, join)';

describe('readOperands', () => {
  const folder = new Folder();

  beforeEach(() => {
    folder.write('a.txt', '1\n2\n3\n');
    folder.write('b.ndjson', '{"b":1}\n{"b":2}\n');
    folder.write('c (1).txt', 'c\n');
    folder.write('String', 'named as a function\n');
  });

  for (const [title, args, stdout] of [
    [
      'zip gives arrays as long as the shortest file lasts',
      ['zip', 'a.txt', 'b.ndjson'],
      '["1",{"b":1}]\n["2",{"b":2}]\n',
    ],
    [
      'concat gives one file after the other',
      ['concat', 'b.ndjson', 'a.txt'],
      '{"b":1}\n{"b":2}\n"1"\n"2"\n"3"\n',
    ],
    ['merge gives the items of all files', ['merge', 'a.txt', 'b.ndjson', 'count()'], '5\n'],
    ['- is stdin among the files', ['concat', 'b.ndjson', '-'], '{"b":1}\n{"b":2}\n"in"\n'],
    ['one file is enough', ['zip', 'b.ndjson', 'take(1)'], '[{"b":1}]\n'],
    ['a file may hold brackets in its name', ['concat', 'c (1).txt'], '"c"\n'],
    [
      'files end at the first stage',
      ['concat', 'b.ndjson', 'r => r.b', 'map(x => x + 1)'],
      '2\n3\n',
    ],
    ['files end at a getter', ['concat', 'b.ndjson', '.b'], '1\n2\n'],
    ['a getter begins with an index', ['zip', 'a.txt', 'b.ndjson', '.[1].b'], '1\n2\n'],
    [
      'files end at --',
      ['concat', 'b.ndjson', '--', 'JSON.stringify'],
      '"{\\"b\\":1}"\n"{\\"b\\":2}"\n',
    ],
    ['flags may stand among files', ['concat', 'b.ndjson', '-t', 'lines', 'r => r.b'], '1\n2\n'],
    ['--from is the format of all files', ['concat', 'a.txt', '-f', 'ndjson'], '1\n2\n3\n'],
    ['behind -- a file is no file', ['-i', 'a.txt', '-t', 'lines', '--', 'String'], '1\n2\n3\n'],
  ] as const) {
    it(`${title}: sluice ${args.join(' ')}`, async () => {
      expect(await sluice(folder, args, '"in"\n')).to.deep.equal(done(stdout));
    });
  }

  for (const [title, args, outcome] of [
    [
      'a missing file is not run as JavaScript',
      ['zip', 'a.txt', 'd.txt'],
      failed('d.txt: no such file (put -- before a stage without ( or =>)'),
    ],
    [
      'a missing file in a hidden folder is no getter',
      ['zip', 'a.txt', '.config/d'],
      failed('.config/d: no such file (put -- before a stage without ( or =>)'),
    ],
    [
      'a missing file before -- is missing',
      ['zip', 'a.txt', 'd(1).txt', '--', 'r => r'],
      failed('d(1).txt: no such file or directory'),
    ],
    [
      'a file behind a stage is bad usage',
      ['zip', 'a.txt', 'r => r', 'b.ndjson'],
      badUsage(`b.ndjson ${ADVICE}`),
    ],
    ['a file without a command is bad usage', ['a.txt', 'r => r'], badUsage(`a.txt ${ADVICE}`)],
    ['a file is never run as JavaScript', ['String'], badUsage(`String ${ADVICE}`)],
    [
      'a command needs files',
      ['merge', 'r => r'],
      badUsage('merge needs files: sluice merge FILE ... [stage ...]'),
    ],
    ['stdin can be read once', ['zip', '-', '-'], badUsage('stdin (-) can be read only once')],
    [
      'a command has no --input',
      ['zip', 'a.txt', '-i', 'b.ndjson'],
      badUsage('zip takes its files as arguments, not with --input'),
    ],
    [
      'an unknown command suggests the nearest',
      ['zpi', 'a.txt', 'b.ndjson'],
      badUsage('unknown command zpi; did you mean zip?'),
    ],
  ] as const) {
    it(`${title}: sluice ${args.join(' ')}`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(outcome);
    });
  }
});
