import { once } from 'node:events';
import { chmodSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, ending, failed, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

describe('openTarget', () => {
  const folder = new Folder();
  const names = () => readdirSync(folder.path).sort();

  it('a file appears once it is whole', async () => {
    const child = start(folder, ['-o', 'a.ndjson', '--tee=-=r => r']);
    child.stdin.write(items);
    await once(child.stdout, 'data');
    expect(names().filter((name) => !/^\.a\.ndjson\.\d+\.part$/.test(name))).to.deep.equal([]);
    child.stdin.end();
    expect((await ending(child)).code).to.equal(0);
    expect(names()).to.deep.equal(['a.ndjson']);
    expect(folder.text('a.ndjson')).to.equal(items);
  });

  it('a failed run leaves no file, and one that was there as it was', async () => {
    folder.write('old.ndjson', 'as it was');
    const args = ['-o', 'old.ndjson', '--tee', 'new.gz=r => r'];
    expect((await sluice(folder, args, `${items}{`)).code).to.equal(1);
    expect(names()).to.deep.equal(['old.ndjson']);
    expect(folder.text('old.ndjson')).to.equal('as it was');
  });

  it('an output that cannot be opened takes the others with it', async () => {
    const args = ['-o', 'a.ndjson', '--tee', 'no/b.ndjson=r => r'];
    expect(await sluice(folder, args, items)).to.deep.equal(
      failed('no/b.ndjson: no such file or directory'),
    );
    expect(names()).to.deep.equal([]);
  });

  for (const signals of [1, 2]) {
    it(`${signals} SIGINT leave no part of a file, and one that was there as it was`, async () => {
      folder.write('old.ndjson', 'as it was');
      const stage = '(process.on("SIGINT", () => console.error("seen")), r => r)';
      const wait = 'map((r) => r.a < 2 ? r : new Promise(() => setInterval(() => {}, 1000)))';
      const args = ['--tee', 'old.ndjson=r => r', '--tee', 'new.ndjson.gz=r => r', stage];
      const child = start(folder, signals === 1 ? args : [...args, wait]);
      child.stdin.write(items);
      await once(child.stdout, 'data');
      let said = '';
      child.stderr.on('data', (text: Buffer) => {
        said += text;
        if (said === 'seen\n' && signals === 2) child.kill('SIGINT');
      });
      child.kill('SIGINT');
      const [code] = await once(child, 'close');
      expect(code).to.equal(130);
      if (signals === 1)
        expect(said).to.include('stopped by SIGINT; not written: old.ndjson, new.');
      expect(names()).to.deep.equal(['old.ndjson']);
      expect(folder.text('old.ndjson')).to.equal('as it was');
    });
  }

  it('keeps the mode of the file it replaces, and what a link points to', async () => {
    folder.write('real.ndjson', 'as it was');
    chmodSync(join(folder.path, 'real.ndjson'), 0o640);
    symlinkSync('real.ndjson', join(folder.path, 'soft'));
    expect(await sluice(folder, ['-o', 'soft'], items)).to.deep.equal(done(''));
    expect(names()).to.deep.equal(['real.ndjson', 'soft']);
    expect(folder.text('real.ndjson')).to.equal(items);
    expect(statSync(join(folder.path, 'real.ndjson')).mode & 0o777).to.equal(0o640);
  });

  it('a link to a file that is not there yet stays a link', async () => {
    mkdirSync(join(folder.path, 'dir'));
    symlinkSync('dir/next', join(folder.path, 'first'));
    symlinkSync('real.ndjson', join(folder.path, 'dir', 'next'));
    expect(await sluice(folder, ['-o', 'first'], items)).to.deep.equal(done(''));
    expect(names()).to.deep.equal(['dir', 'first']);
    expect(readdirSync(join(folder.path, 'dir')).sort()).to.deep.equal(['next', 'real.ndjson']);
    expect(folder.text('first')).to.equal(items);
  });

  it('a folder is no output', async () => {
    mkdirSync(join(folder.path, 'dir'));
    const { code, stderr } = await sluice(folder, ['-o', 'dir'], items);
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: 'sluice: dir: is a directory\n',
    });
  });

  it('--append adds to a file, without another header, and to compressed ones', async () => {
    for (const [name, read, expected] of [
      ['a.csv', String, 'a\n1\n2\n1\n2\n'],
      ['a.ndjson.gz', (bytes: Buffer) => String(gunzipSync(bytes)), items + items],
    ] as const) {
      for (const _ of [1, 2])
        expect(await sluice(folder, ['--append', '-o', name], items)).to.deep.equal(done(''));
      expect(read(folder.bytes(name))).to.equal(expected);
    }
    linkSync(join(folder.path, 'a.csv'), join(folder.path, 'b.csv'));
    await sluice(folder, ['--append', '-o', 'a.csv'], items);
    expect(folder.text('b.csv')).to.equal('a\n1\n2\n1\n2\n1\n2\n');
  });

  it('--append begins a line of its own, where the last one has no end', async () => {
    for (const [name, before, expected] of [
      ['a.ndjson', '{"a":0}', `{"a":0}\n${items}`],
      ['a.csv', 'b,a', 'b,a\n,1\n,2\n'],
      ['a.bin', 'x', 'xbytes'],
    ] as const) {
      folder.write(name, before);
      const stages = name === 'a.bin' ? ['take(1)', '() => "bytes"'] : [];
      const args = ['--append', '-o', name, ...stages];
      expect(await sluice(folder, args, items)).to.deep.equal(done(''));
      expect(folder.text(name)).to.equal(expected);
    }
  });

  for (const [name, why] of [
    ['a.json', 'a JSON array'],
    ['a.ndjson.br', '.br'],
  ] as const) {
    it(`--append refuses ${name}`, async () => {
      expect(await sluice(folder, ['--append', '-o', name])).to.deep.equal(
        badUsage(`--append: ${name} can't be added to, as ${why} has an end`),
      );
    });
  }
});
