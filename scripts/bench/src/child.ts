/** One run of one peer, in a process of its own: prints what it measured as JSON. */
import type { Answer, Run } from './case.js';
import { cases } from './cases/index.js';

const [name, peer = '', size, warmUp, timed] = process.argv.slice(2);
const items = Number(size);
const found = cases.find((one) => one.name === name);
const load = found?.peers[peer];
if (typeof load !== 'function') throw new Error(`no peer ${peer} of ${name} to run in a process`);

/** Runs until `least` items have gone through, at least once; gives the milliseconds a run took. */
async function measure(run: Run, each: number, least: number): Promise<[number, Answer | void]> {
  const rounds = Math.max(1, Math.round(least / each));
  const start = performance.now();
  let answer = await run(each);
  for (let round = 1; round < rounds; round += 1) answer = await run(each);
  return [(performance.now() - start) / rounds, answer];
}

const run = await load();
if (Number(warmUp) > 0) await measure(run, Math.min(items, Number(warmUp)), Number(warmUp));
const [ms, answer] = await measure(run, items, Number(timed));
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ value: found?.unit === 'MiB' ? peak : ms, answer }));
