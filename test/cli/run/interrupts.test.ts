import { once } from 'node:events';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type Ending, ending, sluice, start } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

const MANY = 300_000;

const stopped = (code: number, stderr = ''): Ending => ({ code, stdout: '', stderr });

describe('Interrupts', () => {
  const folder = new Folder();

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal} stops between two items, though the input is in the middle of one: ${code}`, async () => {
      const child = start(folder, ['map(r => r.a)']);
      child.stdin.write('{"a":1}\n{"a":');
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(chunk.toString()).to.equal('1\n');
      child.kill(signal);
      expect(await ending(child)).to.deep.equal(stopped(code));
    });
  }

  it('SIGINT lets what is in hand arrive, compressed input and a slow reader included', async () => {
    const lines = Array.from({ length: MANY }, (_, at) => `${at}\n`).join('');
    folder.write('a.ndjson.gz', gzipSync(lines));
    const child = start(folder, ['zip', 'a.ndjson.gz', 'a.ndjson.gz', 'r => r[0]']);
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ending(child);
    expect({ code, stderr }).to.deep.equal({ code: 130, stderr: '' });
    expect(lines.startsWith(stdout) && stdout.endsWith('\n')).to.equal(true);
    expect(stdout.length).to.be.below(lines.length);
  });

  it('SIGINT leaves whole files that are added to, says what they hold, and writes the result of a sink', async () => {
    const args = ['--append', '--tee', 'a.txt.gz=r => r.a', '--tee', 'n.txt=count()'];
    const child = start(folder, args);
    child.stdin.write('{"a":1}\n{"a":2}\n');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const said = 'sluice: stopped by SIGINT; the output until then is in a.txt.gz, n.txt\n';
    expect(await ending(child)).to.deep.equal(stopped(130, said));
    expect(gunzipSync(folder.bytes('a.txt.gz')).toString()).to.equal('1\n2\n');
    expect(folder.text('n.txt')).to.equal('2\n');
  });

  it('a second SIGINT aborts at once, whatever a stage still waits for', async () => {
    const stage =
      '(process.on("SIGINT", () => console.error("seen")), ' +
      'map(() => { console.error("in"); return new Promise(() => setInterval(() => {}, 1000)); }))';
    const child = start(folder, ['--append', '-o', 'a.ndjson', stage]);
    child.stdin.write('1\n');
    const said: string[] = [];
    for await (const chunk of child.stderr) {
      said.push(...String(chunk).trim().split('\n'));
      if (said.length < 3) child.kill('SIGINT');
    }
    expect(said).to.include.members([
      'in',
      'seen',
      'sluice: aborted by SIGINT',
      'sluice: incomplete: a.ndjson',
    ]);
    expect(child.exitCode ?? (await once(child, 'close'))[0]).to.equal(130);
  });

  it('a stage that never lets go of the processor is ended by SIGQUIT', async () => {
    const child = start(folder, ['map(() => { console.error("in"); while (true); })']);
    child.stdin.write('1\n');
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    child.kill('SIGQUIT');
    expect((await once(child, 'close'))[1]).to.equal('SIGQUIT');
  });

  it('a stage that waits for what can never come fails rather than end without a word', async () => {
    const { code, stderr } = await sluice(folder, ['map(() => new Promise(() => {}))'], '1\n');
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^sluice: stuck: a run can never settle.*\n {2}stage 1 `map\(.*\)` \(stage 1\) waits for what its callback has promised, for \d+\.\d s\n$/,
    );
  });
});
