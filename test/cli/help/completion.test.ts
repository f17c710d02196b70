import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { formats } from '../../../lib/cli/files/formats.js';
import { commands } from '../../../lib/cli/flags/commands.js';
import { type Flag, flags, shells, statsForms } from '../../../lib/cli/flags/flags.js';
import { completion } from '../../../lib/cli/help/completion.js';
import { badUsage, done, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';
import { installed } from '../../helpers/installed.js';

const longNames = Object.keys(flags).map((name) => `--${name}`);
const readable = Object.keys(formats).filter((name) => formats[name]?.reads);
const kinds = flags.kind.words;

function run(shell: string, script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { encoding: 'utf8' });
  expect(stderr).to.equal('');
  return stdout.split('\n').filter(Boolean);
}

/** What bash offers for the last of some words, which it has cut itself. */
function inBash(...words: string[]): string[] {
  const script = `${completion('bash')}
    COMP_WORDS=(sluice ${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length}
    _sluice
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', script);
}

describe('completion', () => {
  const folder = new Folder();

  for (const shell of shells) {
    it(`sluice --completion ${shell} prints a script with every flag and command`, async () => {
      const script = completion(shell);
      expect(await sluice(folder, ['--completion', shell])).to.deep.equal(done(script));
      for (const name of [...Object.keys(flags), ...Object.keys(commands)])
        expect(script).to.match(new RegExp(`[ '{,-]${name}[ ',:}|)=\n]`), name);
    });

    if (installed(shell)) {
      it(`${shell} finds no fault with the script`, () => {
        folder.write('script', completion(shell));
        const args = ['-n', join(folder.path, 'script')];
        const { status, stderr } = spawnSync(shell, args, { encoding: 'utf8' });
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      });
    }
  }

  it('another shell is bad usage', async () => {
    expect(await sluice(folder, ['--completion', 'fsh'])).to.deep.equal(
      badUsage("--completion is for bash, zsh, fish, got 'fsh'; did you mean fish?"),
    );
  });

  for (const [words, offered] of [
    [['--'], longNames],
    [['r => r', '--mod'], ['--module']],
    [['-f', ''], readable],
    [['--from', 'cs'], ['csv']],
    [['--kind', '='], kinds],
    [['--kind', '=', 'l'], ['left']],
    [['--stats', '=', ''], statsForms],
    [['--stats', ''], []],
    [['z'], ['zip']],
    [['-o', 'z'], []],
    [['x', 'z'], []],
  ] as const) {
    it(`bash completes sluice ${words.join(' ')}`, () => {
      expect(inBash(...words)).to.deep.equal(offered);
    });
  }

  if (installed('fish')) {
    it('fish completes flags, their values and commands', () => {
      const offered = (line: string): string[] =>
        run('fish', `${completion('fish')}\ncomplete -C '${line}'`).map(
          (text) => text.split('\t')[0] as string,
        );
      expect(offered('sluice --mod')).to.deep.equal(['--module']);
      expect(offered('sluice -f ')).to.have.members(readable);
      expect(offered('sluice --kind=r')).to.deep.equal(['--kind=right']);
      expect(offered('sluice --stats=j')).to.deep.equal(['--stats=json']);
      expect(offered('sluice --stats j')).to.not.include('json');
      expect(offered('sluice zi')).to.deep.equal(['zip']);
    });
  }

  if (installed('zsh')) {
    it('zsh takes the script for the completion of sluice', () => {
      const script = `autoload -U compinit; compinit -u -D\n${completion('zsh')}\nprint $_comps[sluice]`;
      expect(run('zsh', script)).to.deep.equal(['_sluice']);
    });
  }

  it('what a flag is for is said in a few words', () => {
    const long = Object.values<Flag>(flags).map(({ help }) => help);
    for (const line of completion('fish').split('\n').filter(Boolean)) {
      const brief = /-d '(.*)'$/.exec(line)?.[1] ?? '';
      expect(brief).to.not.equal('');
      expect(brief.length).to.be.below(80, brief);
    }
    expect(long.some((text) => text.length > 80)).to.equal(true);
  });
});
