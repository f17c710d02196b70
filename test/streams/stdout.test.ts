import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const index = new URL('../../lib/index.js', import.meta.url).href;
const cwd = fileURLToPath(new URL('.', import.meta.url));

/** Starts a process that runs `body`, with all exports of the package in `sluice`. */
function run(body: string) {
  const script = `import * as sluice from ${JSON.stringify(index)};\n${body}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { cwd, stdio: 'pipe' });
}

async function outcome(child: ReturnType<typeof run>) {
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

const LINES = 200_000;

describe('process.stdout and process.stdin in a pipeline', () => {
  it('stdout gets everything, stays open, and the process ends by itself', async () => {
    const child = run(`
      const { pipeline, range, map } = sluice;
      await pipeline(range(0, ${LINES}), map((x) => x + '\\n'), process.stdout);
      await pipeline(['still open\\n'], process.stdout);
      process.stderr.write('destroyed: ' + process.stdout.destroyed);
    `);
    const { code, stdout, stderr } = await outcome(child);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: 'destroyed: false' });
    const lines = stdout.split('\n');
    expect(lines).to.have.length(LINES + 2);
    expect(lines.slice(-3)).to.deep.equal([`${LINES - 1}`, 'still open', '']);
  });

  it('stdout may be followed by process.exit, since the pipeline resolves when it is written', async () => {
    const child = run(`
      const { pipeline, range, map } = sluice;
      await pipeline(range(0, ${LINES}), map((x) => x + '\\n'), process.stdout);
      process.exit(3);
    `);
    const { code, stdout } = await outcome(child);
    expect(code).to.equal(3);
    expect(stdout.split('\n')).to.have.length(LINES + 1);
  });

  it('stdout whose reader goes away fails the run with EPIPE, and closes the source', async () => {
    const child = run(`
      const { pipeline, range, map } = sluice;
      function* endless() {
        try { for (;;) yield 'line\\n'; } finally { process.stderr.write('closed '); }
      }
      await pipeline(endless, process.stdout).catch((error) => process.stderr.write(error.code));
    `);
    child.stdout.once('data', () => child.stdout.destroy());
    const stderr = await text(child.stderr);
    expect(stderr).to.equal('closed EPIPE');
  });

  it('stdin is read to its end', async () => {
    const child = run(`
      const { pipeline, map } = sluice;
      await pipeline(process.stdin, map((bytes) => String(bytes).toUpperCase()), process.stdout);
    `);
    child.stdin.end('words from outside\n');
    expect(await outcome(child)).to.deep.equal({
      code: 0,
      stdout: 'WORDS FROM OUTSIDE\n',
      stderr: '',
    });
  });

  it('stdin does not keep the process alive after an early end', async () => {
    const child = run(`
      const { pipeline, take, toArray } = sluice;
      const [first] = await pipeline(process.stdin, take(1), toArray());
      process.stdout.write(first);
    `);
    child.stdin.write('first');
    expect(await outcome(child)).to.deep.equal({ code: 0, stdout: 'first', stderr: '' });
    child.stdin.destroy();
  });
});
