import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { done, failed, shell, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const MEGABYTES_10 = 10 * 1024 * 1024;

const digest = (...chunks: Uint8Array[]): string =>
  chunks.reduce((hash, chunk) => hash.update(chunk), createHash('sha256')).digest('hex');

describe('stdoutSink', () => {
  const folder = new Folder();

  it('10 MB arrive at a slow reader byte for byte', async () => {
    const line = 'a line of text, with é, € and 😀\n';
    const text = Buffer.from(line.repeat(Math.ceil(MEGABYTES_10 / Buffer.byteLength(line))));
    folder.write('a.txt', text);
    const child = start(folder, ['-i', 'a.txt', '-t', 'lines']);
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) {
      chunks.push(chunk as Buffer);
      await turn();
    }
    expect(digest(...chunks)).to.equal(digest(text));
  });

  it('an input without end and a reader that goes away: done', async () => {
    const script = `{ yes '{"a":1}' | { sluice 'r => r.a'; echo $? > code; }; } | head -1`;
    expect(await shell(folder, script)).to.deep.equal(done('1\n'));
    expect(folder.text('code')).to.equal('0\n');
  });

  it('a stage without end and a reader that goes away: done', async () => {
    const script = `{ echo 1 | sluice 'flatMap(() => range(0, Infinity))'; echo $? > code; } | head -1`;
    expect(await shell(folder, script)).to.deep.equal(done('0\n'));
    expect(folder.text('code')).to.equal('0\n');
  });

  it('a reader that goes away before the first item: done', async () => {
    const child = start(folder, []);
    child.stdout.destroy();
    child.stdin.end('1\n');
    expect(await once(child, 'close')).to.deep.equal([0, null]);
  });

  it('tees get all items when the reader of stdout has gone', async () => {
    const script = `seq 100000 | sluice --tee all.txt='x => x' 'x => x' | head -1`;
    expect(await shell(folder, script)).to.deep.equal(done('1\n'));
    expect(folder.text('all.txt').split('\n')).to.have.length(100_001);
  });

  it('the help, too, survives a reader that has gone', async () => {
    const script = '{ sluice --help; echo $? > code; } | :';
    expect(await shell(folder, script)).to.deep.equal(done(''));
    expect(folder.text('code')).to.equal('0\n');
  });

  if (existsSync('/dev/full')) {
    it('a full disk is a failure', async () => {
      expect(await shell(folder, 'echo 1 | sluice > /dev/full')).to.deep.equal(
        failed('stdout: no space left on device'),
      );
    });
  }
});
