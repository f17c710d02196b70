import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { compressions } from '../../../lib/cli/files/compressions.js';
import { formats } from '../../../lib/cli/files/formats.js';
import { type Command, commands } from '../../../lib/cli/flags/commands.js';
import { type Flag, flags } from '../../../lib/cli/flags/flags.js';
import { commandManual } from '../../../lib/cli/help/command-manual.js';
import { help } from '../../../lib/cli/help/help.js';
import { done, shell, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const WIDTH = 80;
const names = Object.keys(commands) as Command[];
const topics = [undefined, ...names];

/** As one line, so that it does not matter where the help breaks it. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const all = flat(help());

/** The commands that a help shows as examples. */
const examples = (topic: Command | undefined): string[] =>
  (/^Examples\n(.*?)\n\n/ms.exec(help(topic))?.[1] ?? '').split('\n').map((line) => line.trim());

const printed: Readonly<Record<Command, string>> = {
  zip: '{"name":"Ann","age":31}\n{"name":"Bob","age":27}\n[{"id":2,"price":5},{"id":2,"price":6}]\n',
  merge: '1\n1\n2\n2\n3\n5\n',
  concat: 'Ann\nBob\nEve\n31\n27\n',
  join: '{"id":1,"price":4,"left":0}\n1\n[{"id":2,"price":6},null]\n[{"id":3,"price":1},null]\n',
};

describe('help', () => {
  const folder = new Folder();

  for (const flag of ['--help', '-h']) {
    it(`sluice ${flag} prints the help and does nothing else`, async () => {
      expect(await sluice(folder, ['-i', 'missing', flag])).to.deep.equal(done(help()));
    });
  }

  for (const command of names) {
    it(`sluice ${command} --help prints the help of the command alone`, async () => {
      expect(await sluice(folder, [command, '--help'])).to.deep.equal(done(help(command)));
      expect(help(command)).to.match(new RegExp(`^Usage\n  sluice ${command} \\[options\\] `));
    });
  }

  for (const [name, { short, value, implied, help: text }] of Object.entries<Flag>(flags)) {
    it(`the help has the flag --${name}, its value and what it is for`, () => {
      const before = short === undefined ? '' : `-${short}, `;
      const sign = implied === undefined ? ` ${value}` : `[=${value}]`;
      const after = value === undefined ? '' : sign;
      expect(all).to.include(` ${before}--${name}${after} ${text}`);
    });
  }

  it('the help has every command, format and compression', () => {
    for (const name of names)
      expect(all).to.include(`${name} ${commandManual[name].files} ${commands[name]}`);
    for (const [name, { help, endings, reads, writes }] of Object.entries(formats)) {
      expect(all).to.include(`${name} ${help}`);
      for (const option of [...endings, ...Object.keys({ ...reads?.options, ...writes.options })])
        expect(all).to.include(option);
    }
    for (const { ending } of compressions) expect(all).to.include(ending);
  });

  it('the help of a command has the flags that are for it alone', () => {
    for (const [command, name] of [
      ['merge', 'merge-by'],
      ['join', 'on'],
      ['join', 'kind'],
    ] as const)
      expect(flat(help(command))).to.include(`--${name} ${flags[name].value} ${flags[name].help}`);
  });

  it('the examples of the help run', async () => {
    folder.write('access.gz', gzipSync('{"status":500,"path":"/a"}\n{"status":200}\n'));
    folder.write('a.txt', 'x\n');
    folder.write('b.txt', 'y\n');
    folder.write('app.ndjson', '{"level":5}\n{"level":4}\n');
    folder.write('sales.csv', 'sum\n9\n10\n');
    expect(await shell(folder, examples(undefined).join('\n'))).to.deep.equal(
      done('sum\n───\n 10\n{"a":"x","b":"y"}\n2\n'),
    );
    expect(folder.text('paths.txt')).to.equal('/a\n');
    expect(folder.text('errors.ndjson')).to.equal('{"level":5}\n');
  });

  for (const command of names) {
    it(`the examples of the help of ${command} run`, async () => {
      folder.write('names.txt', 'Ann\nBob\nEve\n');
      folder.write('ages.txt', '31\n27\n');
      folder.write('old.ndjson', '{"id":1,"price":4}\n{"id":2,"price":5}\n');
      folder.write('new.ndjson', '{"id":1,"price":4}\n{"id":2,"price":6}\n{"id":3,"price":1}\n');
      folder.write('stock.ndjson', '{"id":1,"left":0}\n');
      folder.write('sold.ndjson', '{"item":{"id":3}}\n');
      const shown = examples(command);
      expect(shown).to.have.length.above(1);
      expect(await shell(folder, shown.join('\n'))).to.deep.equal(done(printed[command]));
    });
  }

  for (const topic of topics) {
    it(`the help ${topic ? `of ${topic} ` : ''}fits on a terminal`, () => {
      const widths = help(topic)
        .split('\n')
        .map(({ length }) => length);
      expect(Math.max(...widths)).to.be.at.most(WIDTH);
    });
  }
});
