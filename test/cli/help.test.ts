import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { commands } from '../../lib/cli/commands.js';
import { compressions } from '../../lib/cli/compressions.js';
import { type Flag, flags } from '../../lib/cli/flags.js';
import { formats } from '../../lib/cli/formats.js';
import { help } from '../../lib/cli/help.js';
import { done, shell, sluice } from '../helpers/command.js';
import { Folder } from '../helpers/folder.js';

const WIDTH = 100;

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
    for (const [name, { endings }] of Object.entries(formats))
      expect(flat).to.include(`${endings.join(' ')} ${name}`);
    for (const { ending } of compressions) expect(flat).to.include(ending);
  });

  it('the examples of the help run', async () => {
    folder.write('access.ndjson.gz', gzipSync('{"status":500,"path":"/a"}\n{"status":200}\n'));
    folder.write('a.txt', 'x\n');
    folder.write('b.txt', 'y\n');
    folder.write('app.ndjson', '{"level":"error"}\n{"level":"info"}\n');
    const examples = help()
      .split('\n')
      .filter((line) => line.startsWith('  sluice '));
    expect(await shell(folder, examples.join('\n'))).to.deep.equal(done('{"a":"x","b":"y"}\n2\n'));
    expect(folder.text('paths.txt')).to.equal('/a\n');
    expect(folder.text('errors.ndjson')).to.equal('{"level":"error"}\n');
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
