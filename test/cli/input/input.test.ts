import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect } from 'chai';
import { badUsage, done, ending, failed, shell, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const items = '{"a":1}\n{"a":2}\n';

describe('openInput', () => {
  const folder = new Folder();

  for (const [name, bytes] of [
    ['a.ndjson', items],
    ['a.jsonl', items],
    ['a.ndjson.gz', zlib.gzipSync(items)],
    ['members.ndjson.gz', Buffer.concat([...items].map((text) => zlib.gzipSync(text)))],
    ['a.jsonl.br', zlib.brotliCompressSync(items)],
    ['a.gz', zlib.gzipSync(items)],
    ['a.data', items],
  ] as const) {
    it(`sluice -i ${name} reads NDJSON`, async () => {
      folder.write(name, bytes);
      expect(await sluice(folder, ['-i', name, 'r => r.a'])).to.deep.equal(done('1\n2\n'));
    });
  }

  for (const name of ['a.txt', 'a.log', 'a.txt.gz']) {
    it(`sluice -i ${name} reads lines`, async () => {
      folder.write(name, name.endsWith('.gz') ? zlib.gzipSync('a\r\nb') : 'a\r\nb');
      expect(await sluice(folder, ['-i', name])).to.deep.equal(done('"a"\n"b"\n'));
    });
  }

  it('sluice reads a file to its end, from a path and from stdin, small or large', async () => {
    for (const length of [0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 300 * 1024]) {
      folder.write('a.bin', 'a'.repeat(length));
      const { stdout } = await shell(
        folder,
        'sluice -i a.bin -t bytes | wc -c; sluice -f bytes -t bytes < a.bin | wc -c',
      );
      expect(stdout.replaceAll(' ', '')).to.equal(`${length}\n${length}\n`);
    }
  });

  it('sluice reads stdin from where it stands', async () => {
    folder.write('a.ndjson', items);
    folder.write('large.ndjson', items + items.repeat(5000));
    const { stdout } = await shell(
      folder,
      '{ read line; sluice .a; } < a.ndjson; { read line; sluice .a; } < large.ndjson | wc -l',
    );
    expect(stdout.replaceAll(' ', '')).to.equal('2\n10001\n');
  });

  if (existsSync('/proc/self/status')) {
    it('sluice reads what the system tells in a file that has no size', async () => {
      const { stdout } = await shell(folder, 'sluice -i /proc/self/status -f lines -t lines');
      expect(stdout)
        .to.match(/^Name:\t.*\nUmask:/)
        .and.match(/ctxt_switches:\t\d+\n$/);
    });
  }

  it('--from goes before the ending', async () => {
    folder.write('a.txt', items);
    const args = ['-i', 'a.txt', '-f', 'ndjson', 'r => r.a'];
    expect(await sluice(folder, args)).to.deep.equal(done('1\n2\n'));
  });

  it('-i - reads stdin', async () => {
    expect(await sluice(folder, ['-i', '-', '-f', 'lines'], 'a\n')).to.deep.equal(done('"a"\n'));
  });

  it('an unknown format is bad usage and suggests the nearest', async () => {
    expect(await sluice(folder, ['-f', 'lnies'])).to.deep.equal(
      badUsage(
        "unknown format 'lnies' (there are ndjson, json, csv, tsv, lines, nul, bytes); did you mean lines?",
      ),
    );
  });

  it('a line that is no JSON is named by file, line, column and byte', async () => {
    folder.write('bad.ndjson', '{"é":1}\n{"a":}\n');
    const { code, stderr } = await sluice(folder, ['-i', 'bad.ndjson']);
    expect(stderr).to.match(/^sluice: bad\.ndjson: line 2, column 6 \(byte 14\): .*\n$/);
    expect(code).to.equal(1);
  });

  it('a bad line of stdin, and of one file among others, is named alike', async () => {
    folder.write('bad.ndjson.gz', zlib.gzipSync('1\n2\n x\n'));
    folder.write('a.txt', 'a\nb\nc\n');
    const { stderr } = await sluice(folder, ['zip', 'a.txt', 'bad.ndjson.gz']);
    expect(stderr).to.match(/^sluice: bad\.ndjson\.gz: line 3, column 2 \(byte 5\): /);
    expect((await sluice(folder, [], '[')).stderr).to.match(
      /^sluice: stdin: line 1, column 2 \(byte 1\)/,
    );
  });

  it('items before a bad line are written', async () => {
    const { code, stdout } = await sluice(folder, ['r => r.a'], `${items}{`);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '1\n2\n' });
  });

  it('a file that is missing is named', async () => {
    expect(await sluice(folder, ['-i', 'no.ndjson.gz'])).to.deep.equal(
      failed('no.ndjson.gz: no such file or directory'),
    );
  });

  it('a folder is no input, not as stdin either', async () => {
    expect(await sluice(folder, ['-i', '.'])).to.deep.equal(failed('.: is a directory'));
    expect(await shell(folder, 'sluice < .')).to.deep.equal(failed('stdin: is a directory'));
  });

  it('compressed data that is broken is named by file', async () => {
    folder.write('plain.gz', items);
    folder.write('cut.gz', zlib.gzipSync(items).subarray(0, -4));
    expect(await sluice(folder, ['-i', 'plain.gz'])).to.deep.equal(
      failed('plain.gz: incorrect header check'),
    );
    const { code, stderr } = await sluice(folder, ['-i', 'cut.gz']);
    expect({ code, stderr }).to.include({
      code: 1,
      stderr: 'sluice: cut.gz: unexpected end of file\n',
    });
  });

  it('.zst is read where Node has it, and refused by version where not', async () => {
    const { zstdCompressSync } = zlib as { zstdCompressSync?: typeof zlib.gzipSync };
    folder.write('a.ndjson.zst', zstdCompressSync?.(items) ?? '');
    const outcome = zstdCompressSync
      ? done('1\n2\n')
      : badUsage(
          `.zst needs Node 22.15 or later (23.8 or later of Node 23); this is Node ${process.versions.node}`,
        );
    expect(await sluice(folder, ['-i', 'a.ndjson.zst', 'r => r.a'])).to.deep.equal(outcome);
  });

  it('a named pipe that stays open does not keep the command alive', async () => {
    const path = join(folder.path, 'pipe');
    expect(spawnSync('mkfifo', [path]).status).to.equal(0);
    const child = start(folder, ['-i', 'pipe', 'r => r.a', 'take(1)']);
    // Opened for reading too, this does not wait for the command to do so.
    const fd = openSync(path, 'r+');
    writeSync(fd, items);
    expect(await ending(child)).to.deep.equal(done('1\n'));
    closeSync(fd);
  });
});
