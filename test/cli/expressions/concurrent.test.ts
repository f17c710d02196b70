import { expect } from 'chai';
import { badUsage, done, sluice } from '../../helpers/command.js';
import { Folder } from '../../helpers/folder.js';

/** Answers when three calls are under way, each with how many there were: alone it would wait for ever. */
const three = `(() => {
  let calls = 0;
  let open;
  const all = new Promise((resolve) => { open = resolve; });
  return async (x) => { calls += 1; if (calls === 3) open(); await all; return x; };
})()`;
const items = '1\n2\n3\n';

describe('concurrent', () => {
  const folder = new Folder();

  for (const [title, stage] of [
    ['a function', three],
    ['map', `map(${three})`],
    ['map in compose', `compose(map(${three}), filter(() => true))`],
    [
      'flatMap',
      `flatMap((() => { const wait = ${three}; return async (x) => [await wait(x)]; })())`,
    ],
  ] as const) {
    it(`--concurrency has ${title} called for that many items at a time, in order`, async () => {
      expect(await sluice(folder, ['--concurrency', '3', stage], items)).to.deep.equal(done(items));
    });
  }

  it('--concurrency is for the stages of a module and of --tee, too', async () => {
    folder.write('stages.mjs', `export default ({ map }) => [map(${three})];\n`);
    const args = ['--concurrency=3', '-m', 'stages.mjs', '--tee', `a.txt=${three}`];
    expect(await sluice(folder, args, items)).to.deep.equal(done(items));
    expect(folder.text('a.txt')).to.equal(items);
  });

  it('a stage that says its own concurrency has that', async () => {
    const stage = `(() => {
      let calls = 0;
      const most = async (x) => { calls += 1; const now = calls; await null; calls -= 1; return now; };
      return map(most, { concurrency: 1 });
    })()`;
    expect(await sluice(folder, ['--concurrency', '3', stage], items)).to.deep.equal(
      done('1\n1\n1\n'),
    );
  });

  it('options that are none are refused as without --concurrency', async () => {
    const stage = 'map(x => x, 3)';
    const plain = await sluice(folder, [stage], items);
    expect(plain.code).to.equal(2);
    expect(await sluice(folder, ['--concurrency', '3', stage], items)).to.deep.equal(plain);
  });

  for (const [args, message] of [
    [['--concurrency', '0', 'x => x'], "--concurrency must be an integer from 1, got '0'"],
    [['--concurrency', 'many', 'x => x'], "--concurrency must be an integer from 1, got 'many'"],
    [
      ['--concurrency', '2', 'filter(x => x)'],
      '--concurrency is for map, flatMap and functions, and no stage is one',
    ],
  ] as const) {
    it(`sluice ${args.join(' ')} is bad usage`, async () => {
      expect(await sluice(folder, args, items)).to.deep.equal(badUsage(message));
    });
  }
});
