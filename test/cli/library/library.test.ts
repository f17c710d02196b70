import { expect } from 'chai';
import { load, mentioned, names } from '../../../lib/cli/library/library.js';
import * as library from '../../../lib/index.js';
import { shell } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const all = { ...library };

describe('the names on a command line', () => {
  const folder = new Folder();

  it('are all names of the library, and mean what it exports by them', async () => {
    expect([...names].sort()).to.deep.equal(Object.keys(all).sort());
    for (const name of names)
      expect(await mentioned(`${name}(x)`)).to.include({ [name]: all[name] });
  });

  it('are those that a text has as words', async () => {
    expect(await load('take', 'map')).to.deep.equal({ take: library.take, map: library.map });
    const found = await mentioned('compose(takeWhile(r=>r.zip),top$,[count()],$drain)');
    expect(Object.keys(found).sort()).to.deep.equal(['compose', 'count', 'takeWhile', 'zip']);
    expect(await mentioned('r => r.é.takes')).to.deep.equal({});
  });

  it('are all of them in a text that may hide one', async () => {
    for (const text of ['t\\u0061ke(1)', "eval('ta' + 'ke(1)')"]) {
      expect(await mentioned(text)).to.deep.equal(all);
      folder.write('stage', text);
      const { stdout } = await shell(folder, `printf '1\\n2\\n' | sluice "$(cat stage)"`);
      expect(stdout).to.equal('1\n');
    }
  });
});
