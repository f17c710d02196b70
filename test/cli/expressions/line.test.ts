import { expect } from 'chai';
import { badUsage, done, ending, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

describe('line', () => {
  const folder = new Folder();

  it('a sink ends the line and its result is written as one item', async () => {
    expect(await sluice(folder, ['map(r => r.a)', 'toArray()'], items)).to.deep.equal(
      done('[1,2]\n'),
    );
    expect(await sluice(folder, ['count()', '-t', 'lines'], items)).to.deep.equal(done('2\n'));
  });

  it('a sink gets along without items', async () => {
    expect(await sluice(folder, ['reduce((sum, r) => sum + r.a, 0)'])).to.deep.equal(done('0\n'));
  });

  it('the map that a sink results in is written as its pairs', async () => {
    const groupBy = 'groupBy(r => r.a, () => count(), { groups: 9 })';
    expect(await sluice(folder, [groupBy], items)).to.deep.equal(done('[[1,1],[2,1]]\n'));
  });

  it('a sink without a result writes nothing', async () => {
    expect(await sluice(folder, ['forEach(() => {})'], items)).to.deep.equal(done(''));
  });

  it('a sink that needs no more items ends the command though its input is open', async () => {
    const child = start(folder, ['first()']);
    child.stdin.write(items);
    expect(await ending(child)).to.deep.equal(done('{"a":1}\n'));
  });

  it('a sink whose input fails writes no result', async () => {
    const { code, stdout, stderr } = await sluice(folder, ['count()'], `${items}{`);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.match(/^sluice: stdin: line 3, /);
  });

  it('a stage behind a sink is bad usage', async () => {
    expect(await sluice(folder, ['count()', 'map(x => x)'], items)).to.deep.equal(
      badUsage('a sink ends the line: no stage can follow it'),
    );
  });
});
