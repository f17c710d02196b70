import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';

const root = new URL('../../../', import.meta.url);
const script = fileURLToPath(new URL('dist/scripts/start.js', root));

interface Day {
  readonly date: string;
  readonly precipitation: number;
  readonly tempMax: number;
  readonly wind: number;
}

const parse = (text: string): Day[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Day);
const read = (path: string): Buffer => readFileSync(new URL(path, root));

/** The job once more, by hand. */
function byHand() {
  const seattle = parse(gunzipSync(read('data/seattle-weather.ndjson.gz')).toString());
  const newYork = parse(read('data/new-york-weather.ndjson').toString());
  const wet = seattle
    .map((day, at) => [day, newYork[at]!] as const)
    .filter(([a, b]) => a.precipitation > 0 && b.precipitation > 0)
    .map(([a, b]) => ({
      date: a.date,
      warmer: Math.round((b.tempMax - a.tempMax) * 10) / 10,
      wind: Math.max(a.wind, b.wind),
    }));
  const farApart = wet.filter(({ warmer }) => Math.abs(warmer) >= 12);
  const windy = wet.filter(({ wind }) => wind >= 8).map(({ date, wind }) => `${date} ${wind}`);
  return { wet, farApart, windy };
}

describe('npm start', () => {
  it('npm start runs the command on the real data and shows what it ran and what came out', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const { wet, farApart, windy } = byHand();
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    expect(parse(read('out/wet.ndjson').toString())).to.deep.equal(wet);
    expect(parse(read('out/far-apart.ndjson').toString())).to.deep.equal(farApart);
    expect(read('out/windy.txt').toString()).to.equal(`${windy.join('\n')}\n`);
    for (const [file, items] of [
      ['out/wet.ndjson', wet],
      ['out/far-apart.ndjson', farApart],
      ['out/windy.txt', windy],
    ] as const) {
      expect(items).to.have.length.above(3);
      expect(stdout).to.include(`${file}: ${items.length} `);
    }
    expect(stdout).to.include(windy[2]);
  });

  it('the command that npm start shows can be pasted into a shell', () => {
    const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const command = /^\$ ([\s\S]*?)\n\n/m.exec(stdout)?.[1] ?? '';
    const pasted = spawnSync('sh', ['-c', command.replace('--output out/wet.ndjson', '')], {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
    });
    expect(pasted.stderr).to.equal('');
    expect(parse(pasted.stdout)).to.deep.equal(byHand().wet);
  });
});
