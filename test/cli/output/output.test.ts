import { linkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, failed, shell, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

describe('openOutput', () => {
  const folder = new Folder();

  for (const [name, args, read, expected] of [
    ['a.ndjson', [], String, items],
    ['a.jsonl', [], String, items],
    ['a.data', [], String, items],
    ['a.txt', ['r => r.a'], String, '1\n2\n'],
    ['a.log', ['r => r.a'], String, '1\n2\n'],
    ['a.txt', ['-t', 'ndjson'], String, items],
    ['a.ndjson.gz', [], zlib.gunzipSync, items],
    ['a.txt.br', ['r => r.a'], zlib.brotliDecompressSync, '1\n2\n'],
    ['a.gz', ['-t', 'lines', 'r => r.a'], zlib.gunzipSync, '1\n2\n'],
    ['empty.gz', ['filter(() => false)'], zlib.gunzipSync, ''],
    ['count.txt.gz', ['count()'], zlib.gunzipSync, '2\n'],
    ['none.gz', ['forEach(() => {})'], zlib.gunzipSync, ''],
  ] as const) {
    it(`sluice -o ${[name, ...args].join(' ')} writes what the ending and --to say`, async () => {
      expect(await sluice(folder, ['-o', name, ...args], items)).to.deep.equal(done(''));
      expect(read(folder.bytes(name)).toString()).to.equal(expected);
    });
  }

  it('-o - writes stdout', async () => {
    expect(await sluice(folder, ['-o', '-'], items)).to.deep.equal(done(items));
  });

  it('.zst is written where Node has it, and refused by version where not', async () => {
    const { zstdDecompressSync } = zlib as { zstdDecompressSync?: typeof zlib.gunzipSync };
    const outcome = zstdDecompressSync
      ? done('')
      : badUsage(
          `.zst needs Node 22.15 or later (23.8 or later of Node 23); this is Node ${process.versions.node}`,
        );
    folder.write('a.zst', 'as it was');
    expect(await sluice(folder, ['-o', 'a.zst'], items)).to.deep.equal(outcome);
    const written = folder.bytes('a.zst');
    expect(String(zstdDecompressSync?.(written) ?? written)).to.equal(
      zstdDecompressSync ? items : 'as it was',
    );
  });

  it('an item that the format cannot write is named by its place and the file', async () => {
    const { code, stderr } = await sluice(folder, ['-o', 'a.txt'], items);
    expect(stderr).to.match(/^sluice: a\.txt: item 1 is .*\n$/);
    expect(code).to.equal(1);
  });

  it('a failed run that adds to files says which are incomplete', async () => {
    const args = [
      '--append',
      '-o',
      'a.ndjson',
      '--tee',
      'b.gz=r => r',
      '--tee',
      '/dev/null=r => r',
    ];
    const { code, stderr } = await sluice(folder, args, `${items}{`);
    expect(stderr).to.match(/^sluice: stdin: line 3, .*\nsluice: incomplete: a\.ndjson, b\.gz\n$/);
    expect(code).to.equal(1);
  });

  it('a file that cannot be opened is named', async () => {
    expect(await sluice(folder, ['-o', 'no/a.ndjson'])).to.deep.equal(
      failed('no/a.ndjson: no such file or directory'),
    );
  });

  it('bad usage and a missing input leave the output as it was', async () => {
    folder.write('a.ndjson', 'as it was');
    for (const args of [['mpa(1)'], ['-i', 'missing'], ['--tee', 'a.ndjson=r => r']]) {
      await sluice(folder, ['-o', 'a.ndjson', ...args], items);
      expect(folder.text('a.ndjson')).to.equal('as it was');
    }
  });

  it('a file is written to once', async () => {
    expect(await sluice(folder, ['-o', 'a.ndjson', '--tee', './a.ndjson=r => r'])).to.deep.equal(
      badUsage('./a.ndjson is written to twice'),
    );
    expect(await sluice(folder, ['--tee=-=r => r'])).to.deep.equal(
      badUsage('stdout is written to twice'),
    );
  });

  it('a file that is read is not written, whatever it is called', async () => {
    folder.write('a.ndjson', items);
    linkSync(join(folder.path, 'a.ndjson'), join(folder.path, 'hard'));
    symlinkSync('a.ndjson', join(folder.path, 'soft'));
    for (const name of ['a.ndjson', 'hard', 'soft']) {
      expect(await sluice(folder, ['concat', 'a.ndjson', '-o', name])).to.deep.equal(
        badUsage(`${name} is both read and written`),
      );
    }
    expect(await shell(folder, 'sluice -o a.ndjson < soft')).to.deep.equal(
      badUsage('a.ndjson is both read and written'),
    );
    expect(folder.text('a.ndjson')).to.equal(items);
  });
});
