import { expect } from 'chai';
import { badUsage, done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const NAMES = '([order, user]) => [order?.n, user?.name]';

describe('joinPlan', () => {
  const folder = new Folder();

  beforeEach(() => {
    folder.write('orders.ndjson', '{"n":1,"user":{"id":7}}\n{"n":2,"user":{"id":8}}\n{"n":3}\n');
    folder.write('users.csv', 'id,name,user id\n7,Ann,7\n9,Bob,9\n');
    folder.write('old.ndjson', '{"n":2,"at":"then"}\n');
  });

  for (const [title, args, stdout] of [
    [
      'the name of a field is the key of both files',
      ['--on', 'n', 'orders.ndjson', 'old.ndjson', '([a, b]) => ({ ...a, ...b })'],
      '{"n":2,"user":{"id":8},"at":"then"}\n',
    ],
    [
      'one key for each file, a function and a name with a dot among them',
      ['--on', 'user.id', '--on', 'r => Number(r.id)', 'orders.ndjson', 'users.csv', NAMES],
      '[1,"Ann"]\n',
    ],
    [
      'a name may hold a space, and a key be a getter',
      ['--on=.user?.id?.toFixed()', '--on', 'user id', 'orders.ndjson', 'users.csv', NAMES],
      '[1,"Ann"]\n',
    ],
    [
      '--kind left keeps what has no partner in the second file',
      [
        '--on',
        'n',
        '--kind',
        'left',
        'orders.ndjson',
        'old.ndjson',
        '([a, b]) => [a.n, b?.at ?? "-"]',
      ],
      '[1,"-"]\n[2,"then"]\n[3,"-"]\n',
    ],
    [
      '--kind right keeps what has no partner in the first',
      [
        '--on',
        'n',
        '--kind=right',
        'old.ndjson',
        'orders.ndjson',
        '([a, b]) => [a?.at ?? "-", b.n]',
      ],
      '["then",2]\n["-",1]\n["-",3]\n',
    ],
    [
      '--kind outer keeps both',
      ['--on', 'user.id', '--on', 'id', '--kind', 'outer', 'orders.ndjson', 'users.csv', 'count()'],
      '5\n',
    ],
    ['- is stdin among the files', ['--on', 'n', 'orders.ndjson', '-', '.[1].at'], '"now"\n'],
  ] as const) {
    it(`${title}: sluice join ${args.join(' ')}`, async () => {
      expect(await sluice(folder, ['join', ...args], '{"n":3,"at":"now"}\n')).to.deep.equal(
        done(stdout),
      );
    });
  }

  for (const [args, message] of [
    [
      ['join', 'old.ndjson', 'old.ndjson'],
      'join needs a key: sluice join --on KEY FILE FILE [stage ...]',
    ],
    [['join', '--on', 'n', 'old.ndjson'], 'join takes two files, got 1'],
    [['zip', '--on', 'n', 'old.ndjson'], '--on is for join'],
    [['--kind', 'left'], '--kind is for join'],
    [
      ['join', '--on', 'n', '--kind', 'lfet', 'old.ndjson', 'users.csv'],
      "--kind must be inner, left, right, outer, got 'lfet'; did you mean left?",
    ],
    [
      ['join', '--on', 'a', '--on', 'b', '--on', 'c', 'old.ndjson', 'users.csv'],
      '--on is given 3 times: one key for both files, or one for each',
    ],
    [
      ['join', '--on', '(3)', 'old.ndjson', 'users.csv'],
      '--on `(3)` is not a function: give the name of a field, or a function such as r => r.id',
    ],
    [
      ['join', '--on', 'r => r.', 'old.ndjson', 'users.csv'],
      '--on does not parse: it ends too early\n  r => r.\n         ^',
    ],
  ] as const) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args)).to.deep.equal(badUsage(message));
    });
  }

  it('a key that fails is named', async () => {
    const args = ['join', '--on', 'r => r.user.id', 'orders.ndjson', 'users.csv'];
    expect(await sluice(folder, args)).to.deep.equal(
      failed(
        "join --on r => r.user.id failed on item 1: Cannot read properties of undefined (reading 'id')",
      ),
    );
  });
});
