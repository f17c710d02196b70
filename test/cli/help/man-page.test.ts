import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { commands } from '../../../lib/cli/flags/commands.js';
import { flags } from '../../../lib/cli/flags/flags.js';
import { manPage } from '../../../lib/cli/help/man-page.js';
import { sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';
import { installed } from '../../helpers/installed.js';

/** What troff reads as its own, of all that this page uses. */
const REQUEST = /^\.(TH|SH|PP|TP|nf|fi)( |$)/;

describe('manPage', () => {
  const folder = new Folder();

  it('sluice --man prints the manual page of this version', async () => {
    const { code, stdout, stderr } = await sluice(folder, ['--man']);
    const version = /"sluice (.*?)"/.exec(stdout)?.[1] ?? '';
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.equal(manPage(version.replaceAll('\\-', '-')));
  });

  it('the manual page has every flag and command', () => {
    const page = manPage('1').replaceAll('\\-', '-');
    for (const name of Object.keys(flags))
      expect(page).to.match(new RegExp(`^\\\\fB.*--${name}\\b`, 'm'));
    for (const name of Object.keys(commands))
      expect(page).to.match(new RegExp(`^\\\\fB${name} `, 'm'));
  });

  it('no line of text is taken for a request', () => {
    const requests = manPage('1')
      .split('\n')
      .filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !REQUEST.test(line))).to.deep.equal([]);
  });

  if (installed('groff')) {
    it('groff has nothing to say against the manual page', () => {
      const { stdout, stderr } = spawnSync('groff', ['-man', '-Tascii', '-ww'], {
        input: manPage('1'),
        encoding: 'utf8',
      });
      expect(stderr).to.equal('');
      expect(stdout).to.include("filter(r => r.status > 499)' .path -o");
    });
  }
});
