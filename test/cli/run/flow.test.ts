import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, ending, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n{"a":3}\n';

describe('flow', () => {
  const folder = new Folder();

  it('--tee writes what its stage makes of the items that come out of the main stages', async () => {
    const args = [
      'map(r => r.a)',
      '--tee',
      'odd.ndjson=filter(x => x % 2)',
      '--tee',
      'n.txt=x => "n" + x',
    ];
    expect(await sluice(folder, args, items)).to.deep.equal(done('1\n2\n3\n'));
    expect(folder.text('odd.ndjson')).to.equal('1\n3\n');
    expect(folder.text('n.txt')).to.equal('n1\nn2\nn3\n');
  });

  it('each line may end in a sink of its own', async () => {
    const args = ['map(r => r.a)', 'count()', '--tee', 'sum.txt=reduce((sum, x) => sum + x, 0)'];
    expect(await sluice(folder, args, items)).to.deep.equal(done('3\n'));
    expect(folder.text('sum.txt')).to.equal('6\n');
  });

  for (const [format, sink, expected] of [
    ['csv', 'tally(r => r.a > 1)', 'true,2\nfalse,1\n'],
    ['tsv', 'toArray()', 'a\n1\n2\n3\n'],
    ['table', 'tally(r => r.a > 1)', '1      2\n─────  ─\ntrue   2\nfalse  1\n'],
    ['csv', 'reduce((map, r) => map.set(-r.a, r.a), new Map())', '-1,1\n-2,2\n-3,3\n'],
    ['csv', 'reduce((row, r) => [...row, r.a], [])', '1,2,3\n'],
    ['csv', 'compose(filter(r => r.b), tally(r => r.b))', ''],
    ['ndjson', 'tally(r => r.a > 1)', '[[true,2],[false,1]]\n'],
  ] as const) {
    it(`-t ${format} of ${sink} ${format === 'ndjson' ? 'is one item' : 'has rows'}`, async () => {
      expect(await sluice(folder, ['-t', format, sink], items)).to.deep.equal(done(expected));
    });
  }

  it('a tee that needs no more items leaves the others running', async () => {
    const args = ['map(r => r.a)', '--tee', 'first.txt=take(1)'];
    expect(await sluice(folder, args, items)).to.deep.equal(done('1\n2\n3\n'));
    expect(folder.text('first.txt')).to.equal('1\n');
  });

  it('a main line that needs no more items leaves the tees running', async () => {
    const args = ['first()', '--tee', 'all.ndjson=r => r'];
    expect(await sluice(folder, args, items)).to.deep.equal(done('{"a":1}\n'));
    expect(folder.text('all.ndjson')).to.equal(items);
  });

  it('a tee that fails is named by its file', async () => {
    const { code, stderr } = await sluice(folder, ['--tee', 'b.txt=r => r.a.b.c'], items);
    expect(stderr).to.match(
      /^sluice: --tee b\.txt failed on item 1: Cannot read .*\n {2}r => r\.a\.b\.c\n/,
    );
    expect(code).to.equal(1);
  });

  it('a tee that fails keeps what came before, in the other files too, where they are added to', async () => {
    const args = [
      '--append',
      'map(r => r.a)',
      '--tee',
      'b.txt=x => (x < 3 ? x : x())',
      '-o',
      'a.ndjson.gz',
    ];
    const { code, stderr } = await sluice(folder, args, items);
    expect(stderr).to.match(
      /^sluice: --tee b\.txt failed on item 3: .*\n.*\n *\^\nsluice: incomplete: a\.ndjson\.gz, b\.txt\n$/,
    );
    expect(code).to.equal(1);
    expect(folder.text('b.txt')).to.equal('1\n2\n');
    expect(gunzipSync(folder.bytes('a.ndjson.gz')).toString()).to.match(/^1\n2\n/);
  });

  it('an input that fails ends the others, and what came before is written', async () => {
    folder.write('bad.ndjson', '1\n2\n{\n');
    folder.write('good.ndjson', '1\n'.repeat(100_000));
    for (const [command, expected] of [
      ['zip', '[1,1]\n[1,2]\n'],
      ['concat', '1\n2\n'],
    ] as const) {
      const files =
        command === 'zip' ? ['good.ndjson', 'bad.ndjson'] : ['bad.ndjson', 'good.ndjson'];
      const { code, stdout, stderr } = await sluice(folder, [command, ...files]);
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: expected });
      expect(stderr).to.match(/^sluice: bad\.ndjson: line 3, .*\n$/);
    }
  });

  for (const text of ['a.txt', '=r => r', 'a.txt=', 'a.txt= ']) {
    it(`--tee '${text}' is bad usage`, async () => {
      expect(await sluice(folder, ['--tee', text])).to.deep.equal(
        badUsage(`--tee needs FILE=STAGE, got '${text}'`),
      );
    });
  }

  it('an item is written while the input is still open', async () => {
    const child = start(folder, ['map(r => r.a)', '--tee', 'all.ndjson=r => r']);
    for (const a of [1, 2]) {
      child.stdin.write(`{"a":${a}}\n`);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(chunk.toString()).to.equal(`${a}\n`);
    }
    child.stdin.end();
    expect((await ending(child)).code).to.equal(0);
    expect(folder.text('all.ndjson')).to.equal('1\n2\n');
  });
});
