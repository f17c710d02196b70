import { expect } from 'chai';
import { CommandError } from '../../../lib/cli/errors/command-error.js';
import { type CommandLine, parseCommandLine } from '../../../lib/cli/flags/parse-command-line.js';
import { badUsage, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const NOTHING: CommandLine['flags'] = {
  input: [],
  'merge-by': undefined,
  append: false,
  'on-error': undefined,
  output: undefined,
  from: undefined,
  to: undefined,
  tee: [],
  module: undefined,
  concurrency: undefined,
  on: [],
  kind: undefined,
  stats: undefined,
  progress: false,
  graph: undefined,
  'dry-run': false,
  debug: false,
  help: false,
  man: false,
  completion: undefined,
  version: false,
};

describe('parseCommandLine', () => {
  const folder = new Folder();

  it('parseCommandLine knows every flag by its long name', () => {
    const argv =
      '--input a --output b --from c --to d --merge-by x --append --on-error y --tee e --module f --concurrency g --on h --kind i --stats=k --progress --graph l --dry-run --debug --help --man --completion j --version';
    expect(parseCommandLine(argv.split(' ')).flags).to.deep.equal({
      input: ['a'],
      'merge-by': 'x',
      append: true,
      'on-error': 'y',
      output: 'b',
      from: 'c',
      to: 'd',
      tee: ['e'],
      module: 'f',
      concurrency: 'g',
      on: ['h'],
      kind: 'i',
      stats: 'k',
      progress: true,
      graph: 'l',
      'dry-run': true,
      debug: true,
      help: true,
      man: true,
      completion: 'j',
      version: true,
    });
  });

  it('parseCommandLine knows flags by a letter, with and without a space, and by =', () => {
    expect(parseCommandLine(['-i', 'a', '-ob', '--from=c', '-h']).flags).to.deep.equal({
      ...NOTHING,
      input: ['a'],
      output: 'b',
      from: 'c',
      help: true,
    });
  });

  it('parseCommandLine takes flags between and after the operands', () => {
    const { flags, operands } = parseCommandLine(['zip', '-o', 'x', 'a', 'b', '-tlines']);
    expect(operands).to.deep.equal(['zip', 'a', 'b']);
    expect(flags).to.deep.equal({ ...NOTHING, output: 'x', to: 'lines' });
  });

  it('parseCommandLine takes - for a value and for an operand', () => {
    expect(parseCommandLine(['-i', '-', 'zip', '-'])).to.deep.equal({
      flags: { ...NOTHING, input: ['-'] },
      operands: ['zip', '-'],
      before: undefined,
    });
  });

  it('parseCommandLine takes all that follows -- for operands, and tells where it stood', () => {
    expect(parseCommandLine(['zip', 'a', '--', '--debug', '--'])).to.deep.equal({
      flags: NOTHING,
      operands: ['zip', 'a', '--debug', '--'],
      before: 2,
    });
  });

  it('parseCommandLine takes for the value of a flag that needs none only what stands behind a =', () => {
    const { flags, operands } = parseCommandLine(['--stats', 'json']);
    expect(flags).to.deep.equal({ ...NOTHING, stats: 'table' });
    expect(operands).to.deep.equal(['json']);
    expect(parseCommandLine(['--stats=json']).flags.stats).to.equal('json');
  });

  it('parseCommandLine keeps every value of a flag that may be given again', () => {
    expect(parseCommandLine(['--tee', 'a=b', '--tee=c=d']).flags.tee).to.deep.equal(['a=b', 'c=d']);
  });

  for (const [argv, message] of [
    [['-o'], '-o needs a value: FILE'],
    [['--tee', '--debug'], '--tee needs a value: FILE=STAGE'],
    [['-i', '-o', 'x'], '-i needs a value: FILE'],
    [['--debug=1'], '--debug takes no value'],
    [['--stats', '--stats=json'], '--stats is given 2 times'],
    [['-o', 'a', '--output', 'b'], '--output is given 2 times'],
    [['-x'], 'unknown option -x'],
    [['--constructor'], 'unknown option --constructor'],
  ] as const) {
    it(`parseCommandLine refuses ${argv.join(' ')}`, () => {
      expect(() => parseCommandLine(argv))
        .to.throw(CommandError, message)
        .with.property('exitCode', 2);
    });
  }

  it('an unknown flag is bad usage and suggests the nearest', async () => {
    expect(await sluice(folder, ['--inptu', 'a'])).to.deep.equal(
      badUsage('unknown option --inptu; did you mean --input?'),
    );
  });

  it('an unknown flag that is like no other suggests none', async () => {
    expect(await sluice(folder, ['--wxyzwxyz'])).to.deep.equal(
      badUsage('unknown option --wxyzwxyz'),
    );
  });
});
