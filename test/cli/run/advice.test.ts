import { expect } from 'chai';
import { advised } from '../../../lib/cli/run/advice.js';
import { done, failed, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

describe('what the command advises', () => {
  const folder = new Folder();

  it('-f csv:header=a+b names the columns, where names are given twice and no row does', async () => {
    const csv = 'a,a\n1,2\n';
    expect(await sluice(folder, ['-f', 'csv'], csv)).to.deep.equal(
      failed(
        'stdin: line 1, column 1 (byte 0): two columns are called "a"; give your own names as the header: csv:header=a+b',
      ),
    );
    const named = await sluice(folder, ['-f', 'csv:header=a+b', 'drop(1)'], csv);
    expect(named).to.deep.equal(done('{"a":"1","b":"2"}\n'));
  });

  it('-t csv:header=a+b has columns that the first item lacks', async () => {
    const items = '{"a":1}\n{"b":2}\n';
    const { stderr } = await sluice(folder, ['-t', 'csv'], items);
    expect(stderr).to.match(/or all columns as the header: csv:header=a\+b$/m);
    const named = await sluice(folder, ['-t', 'csv:header=a+b'], items);
    expect(named).to.deep.equal(done('a,b\n1,\n,2\n'));
  });

  it('merge names the file that is not sorted', async () => {
    folder.write('a.ndjson', '1\n2\n');
    folder.write('b.ndjson', '1\n5\n4\n');
    const args = ['merge', '--merge-by', 'r => r', 'a.ndjson', 'b.ndjson', 'count()'];
    expect(await sluice(folder, args)).to.deep.equal(
      failed(
        'mergeSorted failed on item 3: b.ndjson is not sorted: this item belongs before the one that came before it; sort it, or say by what it is sorted',
      ),
    );
  });

  it('join has no strategy to advise', async () => {
    folder.write('a.ndjson', '{"k":{}}\n');
    const { code, stderr } = await sluice(folder, ['join', '--on', 'k', 'a.ndjson', 'a.ndjson']);
    expect(code).to.equal(1);
    expect(stderr).to.match(/which strategy 'hash' can't compare: answer a string or a number$/m);
    const full =
      "put the smaller source there, raise maxItems, or sort both and use strategy 'sorted'";
    expect(advised(full, [])).to.equal('put the smaller file there');
  });

  it('a Date that is no row is called one', async () => {
    const { stderr } = await sluice(folder, ['-t', 'csv', 'd => new Date(d)'], '1\n');
    expect(stderr).to.match(/item 1 is a Date, not an object or array;/);
  });
});
