import { expect } from 'chai';
import { program } from '../../helpers/program.js';

const use = `
  const { batch, drain, map, pipeline, push, range } = sluice;
  const never = () => new Promise(() => {});
`;

describe('a run that can never settle', () => {
  it('says since when, which is since a stage began to wait', async () => {
    const { stdout } = await program(`${use}
      // The clock is read once per turn, so the wait may seem to begin at the start of the turn, but no earlier.
      let began;
      const slow = map((x) => {
        if (x === 20) return never();
        began = performance.now();
        return new Promise((resolve) => setTimeout(resolve, 2, x));
      });
      const onStall = ({ stages: [{ forMs }] }) =>
        console.log(forMs > 0, forMs <= performance.now() - began);
      await pipeline(range(0, 99), slow, drain(), { onStall });
    `);
    expect(stdout).to.equal('true true\n');
  });

  it('tells onStall instead, which may end the run', async () => {
    const { stdout, stderr, code } = await program(`${use}
      const controller = new AbortController();
      const begun = performance.now();
      const onStall = (stall) => {
        const [{ forMs, ...stage }] = stall.stages;
        console.log(stall.code, JSON.stringify(stage));
        console.log(forMs >= 0 && forMs <= performance.now() - begun);
        controller.abort(stall);
      };
      const run = pipeline([1], map(never), drain(), { onStall, signal: controller.signal });
      console.log(await run.catch((error) => error.cause.code));
    `);
    const stage = { name: 'map(never)', position: 1 };
    const waitsFor = 'what its callback has promised';
    const told = { stage, waitsFor, times: 1, held: 0, unit: 'items' };
    expect(stdout.split('\n')).to.deep.equal([
      `ERR_SLUICE_STALL ${JSON.stringify(told)}`,
      'true',
      'ERR_SLUICE_STALL',
      '',
    ]);
    expect([stderr, code]).to.deep.equal(['', 0]);
  });

  for (const [what, body] of [
    ['a producer without a send', 'push(batch(2), drain())'],
    ['a stage that gets no further write', `batch(2).on('data', () => {}).write(1)`],
    ['a source that is not read on', `range(0, 99).once('readable', () => {})`],
    ['a run that has settled', 'await pipeline(range(0, 9), drain())'],
    [
      'a run that has failed',
      `await pipeline([1], map(() => { throw new Error(); }), drain()).catch(() => {})`,
    ],
  ] as const) {
    it(`says nothing of ${what}`, async () => {
      const ending = await program(`${use} ${body};`);
      expect(ending).to.deep.equal({ code: 0, stdout: '', stderr: '' });
    });
  }

  it('is watched for by one listener to the process, which lasts as long as there are runs', async () => {
    const { stdout } = await program(`${use}
      const count = () => process.listenerCount('beforeExit');
      const counts = [count()];
      const note = () => map((x) => counts.push(count()) && x);
      const fails = map(() => { throw new Error(); });
      await Promise.allSettled([
        pipeline(range(0, 2), note(), drain()),
        pipeline(range(0, 2), note(), drain()),
        pipeline(range(0, 2), fails, drain()),
      ]);
      await new Promise(setImmediate);
      console.log(...counts, count());
    `);
    expect(stdout).to.equal('0 1 1 1 1 0\n');
  });
});
