import { expect } from 'chai';
import { done, shell } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';
import { installed } from '../../helpers/installed.js';

const BOLD = '\u001b[1m';
const PLAIN = '\u001b[22m';
const LONG = 'x'.repeat(100);

describe('terminalTable', () => {
  const folder = new Folder();

  it('a table that is not shown on a terminal is plain, and as wide as it is', async () => {
    folder.write('a.csv', `a,b\n1,${LONG}\n`);
    const rule = '─'.repeat(100);
    expect(await shell(folder, 'sluice -i a.csv -t table')).to.deep.equal(
      done(`a  b\n─  ${rule}\n1  ${LONG}\n`),
    );
  });

  // Of several programs with that name, only the one of util-linux runs a command in a terminal by these flags.
  if (process.platform === 'linux' && installed('script')) {
    const inTerminal = async (variables: string): Promise<string[]> => {
      folder.write('a.csv', `a,b\n1,${LONG}\n`);
      const command = `stty cols 40; ${variables} $NODE $MAIN -i a.csv -t table`;
      const { stdout } = await shell(folder, `script -qec '${command}' /dev/null`);
      return stdout.split('\r\n');
    };

    it('a table on a terminal fits it, and its names are bold', async () => {
      const [names, , row] = await inTerminal('NO_COLOR=');
      expect(names).to.equal(`${BOLD}a  b${PLAIN}`);
      expect(row)
        .to.match(/^1 {2}x+…$/)
        .and.have.lengthOf(40);
    });

    it('NO_COLOR keeps it plain', async () => {
      const lines = await inTerminal('NO_COLOR=1');
      expect(lines[0]).to.equal('a  b');
      expect(lines.join('')).to.not.include('\u001b');
    });
  }
});
