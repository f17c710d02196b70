import { once } from 'node:events';
import * as zlib from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, ending, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

describe('compressed input without an ending that says so', () => {
  const folder = new Folder();
  const { zstdCompressSync } = zlib as { zstdCompressSync?: typeof zlib.gzipSync };

  it('is told by its first bytes, from a file and from a pipe', async () => {
    const bytes = zlib.gzipSync(items);
    folder.write('a.ndjson', bytes);
    expect(await sluice(folder, ['-i', 'a.ndjson', 'r => r.a'])).to.deep.equal(done('1\n2\n'));
    expect(await sluice(folder, ['r => r.a'], bytes)).to.deep.equal(done('1\n2\n'));
  });

  it('is told by its first bytes however they are split', async () => {
    const bytes = zlib.gzipSync(items);
    const child = start(folder, ['r => r.a']);
    const ended = ending(child);
    child.stdin.write(bytes.subarray(0, 1), () => child.stdin.end(bytes.subarray(1)));
    expect(await ended).to.deep.equal(done('1\n2\n'));
  });

  it('is zstd where Node has it, and refused by version where not', async () => {
    const bytes = zstdCompressSync?.(items) ?? Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0);
    folder.write('a', bytes);
    const outcome = zstdCompressSync
      ? done('1\n2\n')
      : badUsage(
          `.zst needs Node 22.15 or later (23.8 or later of Node 23); this is Node ${process.versions.node}`,
        );
    expect(await sluice(folder, ['-i', 'a', 'r => r.a'])).to.deep.equal(outcome);
    expect(await sluice(folder, ['r => r.a'], bytes)).to.deep.equal(outcome);
  });

  it('is named by file when it is broken', async () => {
    const bytes = zlib.gzipSync(items).subarray(0, -4);
    const { code, stderr } = await sluice(folder, [], bytes);
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: 'sluice: stdin: unexpected end of file\n',
    });
  });

  it('more than a pipe holds comes through whole', async () => {
    const text = '{"a":1}\n'.repeat(300_000);
    const args = ['count()'];
    expect(await sluice(folder, args, zlib.gzipSync(text))).to.deep.equal(done('300000\n'));
    expect(await sluice(folder, args, text)).to.deep.equal(done('300000\n'));
  });

  it('no byte is held back that decides nothing', async () => {
    const child = start(folder, ['-f', 'bytes', '-t', 'bytes']);
    child.stdin.write('1');
    expect(String((await once(child.stdout, 'data'))[0])).to.equal('1');
    child.stdin.end();
    await once(child, 'close');
  });

  it('a single byte of gzip is what it is', async () => {
    const args = ['-f', 'bytes', '-t', 'lines', 'b => b.length'];
    expect(await sluice(folder, args, Buffer.of(0x1f))).to.deep.equal(done('1\n'));
    expect(await sluice(folder, args)).to.deep.equal(done(''));
  });
});
