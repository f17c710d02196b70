/** Runs one peer in a process of its own, and prints the measurement as JSON. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer, Measurement, Run } from './case.js';
import { cases } from './cases/index.js';
import { spread } from './spread.js';

const [name, peer = '', ...numbers] = process.argv.slice(2);
const [items = 0, leastItems = 0, mostMs = 0] = numbers.map(Number);
const found = cases.find((one) => one.name === name);
const load = found?.peers[peer];
if (typeof load !== 'function') throw new Error(`no peer ${peer} of ${name} to run in a process`);

/** Nothing runs before the first run. The warm figure is the median of the later half of the runs. */
async function measureTime(run: Run): Promise<Measurement> {
  const answers: (Answer | void)[] = [];
  const times: number[] = [];
  const start = performance.now();
  const enough = (): boolean => times.length >= 4 && times.length * items >= leastItems;
  do {
    const began = performance.now();
    answers.push(await run(items));
    times.push(performance.now() - began);
  } while (times.length < 2 || !(enough() || performance.now() - start > mostMs));
  const [first = 0] = times;
  const [answer] = answers;
  if (!answers.every((other) => isDeepStrictEqual(other, answer)))
    throw new Error('answers differ');
  const { median: warm } = spread(times.slice(times.length / 2));
  return answer === undefined ? { first, warm } : { first, warm, answer };
}

async function measureMemory(run: Run): Promise<Measurement> {
  const answer = await run(items);
  const first = process.resourceUsage().maxRSS / 1024;
  return answer === undefined ? { first } : { first, answer };
}

const measure = found?.unit === 'MiB' ? measureMemory : measureTime;
console.log(JSON.stringify(await measure(await load())));
