import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { main } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';
import { installed } from '../../helpers/installed.js';
import { Terminal } from '../../helpers/terminal.js';

const LINES = '{"a":1}\n{"a":2}\n{"a":3}\n';
const BOLD = '\u001b[1m';

// Of several programs with that name, only the one of util-linux runs a command in a terminal by these flags.
if (process.platform === 'linux' && installed('script')) {
  describe('LiveView on a terminal', () => {
    const folder = new Folder();

    /** Runs the command in a terminal; its input, in.ndjson, comes once `seen` has been drawn. Answers all that was written. */
    const inTerminal = async (args: string, columns: number, seen: RegExp): Promise<string> => {
      const fifo = join(folder.path, 'in.ndjson');
      execFileSync('mkfifo', [fifo]);
      const line = `stty cols ${columns}; ${args}`;
      const env = { ...process.env, TERM: 'xterm', NO_COLOR: '', S: `${process.execPath} ${main}` };
      const child = spawn('script', ['-qec', line, '/dev/null'], { cwd: folder.path, env });
      const closed = once(child, 'close') as Promise<[number]>;
      const input = await open(fifo, 'w');
      let written = '';
      for await (const chunk of child.stdout) {
        const before = seen.test(written);
        written += chunk;
        if (before || !seen.test(written)) continue;
        await input.write(LINES);
        await input.close();
      }
      expect(await closed).to.deep.equal([0, null]);
      return written;
    };

    const shown = (written: string, columns: number): readonly string[] => {
      const terminal = new Terminal(columns);
      terminal.write(written);
      return terminal.shown.split('\n');
    };

    const names = (rows: readonly string[]): readonly (string | undefined)[] =>
      rows.map((row) => row.replace(/^\* /, '').split(/ {2,}/)[0]);

    it('draws the table in place while the run goes on, and leaves the last one', async () => {
      const args = '$S -i in.ndjson --stats .a -o out.txt';
      const written = await inTerminal(args, 80, /write out\.txt.*write out\.txt/s);
      expect(written).to.include(BOLD);
      const [head, , ...rows] = shown(written, 80);
      expect(head).to.match(/^stage +in +out +items\/s +busy +starved +blocked$/);
      expect(names(rows)).to.deep.equal([
        'read in.ndjson',
        'parse in.ndjson',
        'stage 1 `.a`',
        'format out.txt',
        'write out.txt',
      ]);
      expect(rows[2]).to.match(/ 3 +3 /);
    });

    it('keeps below what goes to stdout on the same terminal, and to stderr', async () => {
      const args = `NO_COLOR=1 $S -i in.ndjson --stats --progress 'tap(r => console.error("note", r.a))' .a`;
      const written = await inTerminal(args, 40, /0 items/);
      expect(written).to.not.include(BOLD);
      const rows = shown(written, 40);
      expect(rows.slice(0, 6).sort()).to.deep.equal(['1', '2', '3', 'note 1', 'note 2', 'note 3']);
      expect(names(rows.slice(6, 7))).to.deep.equal(['stage']);
      expect(rows.filter((row) => row.startsWith('stage  '))).to.have.lengthOf(1);
      expect(rows.at(-1)).to.match(/^24 B {2}0:\d\d {2}\S+ B\/s {2}3 items/);
      expect(Math.max(...rows.map(({ length }) => length))).to.be.at.most(40);
    });

    it('draws nothing live on a terminal that can do nothing', async () => {
      const args = 'TERM=dumb; export TERM; echo begun; $S -i in.ndjson --stats .a -o out.txt';
      const written = await inTerminal(args, 80, /begun/);
      for (const end of 'AJK') expect(written).to.not.match(new RegExp(`\u001b\\[\\d*${end}`));
      expect(names(shown(written, 80).slice(0, 2))[1]).to.equal('stage');
    });
  });
}
