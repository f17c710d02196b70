import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

/** Sorts some 70 MB of records in a process whose heap has 40. */
function sortLarge(maxBytes: string) {
  const script = `
    import { forEach, map, pipeline, range, sort } from './dist/lib/index.js';
    const items = 100_000;
    const record = (at) => ({ id: (at * 7919) % items, text: String(at).padEnd(600, '.').toUpperCase() });
    let next = 0;
    const check = ({ id }) => { if (id !== next++) throw new Error('out of order'); };
    await pipeline(range(0, items), map(record), sort({ by: ({ id }) => id, maxBytes: ${maxBytes} }), forEach(check));
    console.log(next);`;
  const args = ['--max-old-space-size=40', '--input-type=module', '-e', script];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { stdout, done: status === 0 };
}

describe('sort over more than fits into memory', function () {
  this.timeout(60_000);

  it('holds no more than its bound', () => {
    expect(sortLarge('8 * 1024 * 1024')).to.deep.equal({ stdout: '100000\n', done: true });
  });

  it('would not fit without the bound, which is how this is known to test it', () => {
    expect(sortLarge('Infinity')).to.deep.equal({ stdout: '', done: false });
  });
});
