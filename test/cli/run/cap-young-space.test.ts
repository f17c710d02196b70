import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

const cap = new URL('../../../lib/cli/run/cap-young-space.js', import.meta.url).href;

/** The bytes of young space after many turns in each of which a little survives. */
function youngSpaceAfter(watch: string): number {
  const script = `
    import { setImmediate } from 'node:timers/promises';
    import { getHeapSpaceStatistics } from 'node:v8';
    import { capYoungSpace } from ${JSON.stringify(cap)};
    ${watch}
    const kept = [];
    for (let turn = 0; turn < 1500; turn += 1) {
      kept.push(Array.from({ length: 1000 }, (_, at) => ({ at })));
      if (kept.length > 20) kept.shift();
      for (let at = 0; at < 300; at += 1) JSON.parse('{"text":"0123456789","n":[1,2,3]}');
      await setImmediate();
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  `;
  const args = ['--input-type=module', '--eval', script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  return Number(stdout);
}

describe('capYoungSpace', () => {
  it('capYoungSpace() keeps young space smaller than it gets by itself', () => {
    expect(youngSpaceAfter('capYoungSpace();')).to.be.below(youngSpaceAfter(''));
  });

  it('capYoungSpace() answers what ends the watch', () => {
    expect(youngSpaceAfter('capYoungSpace()();')).to.be.above(youngSpaceAfter('capYoungSpace();'));
  });
});
