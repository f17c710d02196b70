/** Measures the cases that are named, or all, and prints the report. Run by `npm run bench`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Case } from './case.js';
import { cases } from './cases/index.js';
import { makeFolder } from './files.js';
import { measureCase, type Results } from './measure-case.js';
import { brief, usual } from './policy.js';
import { report } from './report.js';

/** With fewer runs than this, BENCHMARKS.md stays as it is. */
const LEAST_RUNS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } },
});
const { quick } = values;
const runs = Number(values.runs ?? (quick ? 1 : LEAST_RUNS));
const unknown = positionals.filter((name) => !cases.some((one) => one.name === name));
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error('npm run bench -- [--quick] [--runs N] [case ...]');
  console.error(`The cases are ${cases.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const wanted = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

makeFolder();
const all = new Map<Case, Results>();
for (const one of wanted) {
  console.error(one.name);
  const results = await measureCase(one, {
    sizes: quick ? [one.quick] : one.sizes,
    runs: quick ? runs : runs * (one.times ?? 1),
    policy: quick ? brief : usual,
  });
  all.set(one, results);
}

const text = report(all, runs);
console.log(text);
if (wanted.length === cases.length && !quick && runs >= LEAST_RUNS) {
  writeFileSync(new URL('../../../BENCHMARKS.md', import.meta.url), text);
}
