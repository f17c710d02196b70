import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { commands } from '../../lib/cli/commands.js';
import { compressions } from '../../lib/cli/compressions.js';
import { type Flag, flags } from '../../lib/cli/flags.js';
import { formats } from '../../lib/cli/formats.js';
import { help } from '../../lib/cli/help.js';
import { done, shell, sluice } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const WIDTH = 80;

/** As one line, so that it does not matter where the help breaks it. */
const flat = help().replace(/\s+/g, ' ');

describe('help', () => {
  const folder = new Folder();

  for (const flag of ['--help', '-h']) {
    it(`sluice ${flag} prints the help and does nothing else`, async () => {
      expect(await sluice(folder, ['-i', 'missing', flag])).to.deep.equal(done(help()));
    });
  }

  for (const [name, { short, value, help: text }] of Object.entries<Flag>(flags)) {
    it(`the help has the flag --${name}, its value and what it is for`, () => {
      const before = short === undefined ? '' : `-${short}, `;
      const after = value === undefined ? '' : ` ${value}`;
      expect(flat).to.include(` ${before}--${name}${after} ${text}`);
    });
  }

  it('the help has every command, format and compression', () => {
    for (const [name, text] of Object.entries(commands))
      expect(flat).to.include(`${name} FILE ... ${text}`);
    for (const [name, { help, endings, reads, writes }] of Object.entries(formats)) {
      expect(flat).to.include(`${name} ${help}`);
      for (const option of [...endings, ...Object.keys({ ...reads?.options, ...writes.options })])
        expect(flat).to.include(option);
    }
    for (const { ending } of compressions) expect(flat).to.include(ending);
  });

  it('the examples of the help run', async () => {
    folder.write('access.gz', gzipSync('{"status":500,"path":"/a"}\n{"status":200}\n'));
    folder.write('a.txt', 'x\n');
    folder.write('b.txt', 'y\n');
    folder.write('app.ndjson', '{"level":5}\n{"level":4}\n');
    folder.write('a.csv', 'id,x\n1,2\n');
    folder.write('b.csv', 'id,y\n1,3\n');
    folder.write('sales.csv', 'sum\n9\n10\n');
    const examples = help()
      .split('\n')
      .filter((line) => line.startsWith('  sluice '));
    expect(await shell(folder, examples.join('\n'))).to.deep.equal(
      done('sum\n───\n 10\n{"a":"x","b":"y"}\nid  x  y\n──  ─  ─\n 1  2  3\n2\n'),
    );
    expect(folder.text('paths.txt')).to.equal('/a\n');
    expect(folder.text('errors.ndjson')).to.equal('{"level":5}\n');
  });

  it('the help fits on a terminal', () => {
    const widest = Math.max(
      ...help()
        .split('\n')
        .map(({ length }) => length),
    );
    expect(widest).to.be.at.most(WIDTH);
  });
});
