/** Measures the cases that are named, or all, and writes BENCHMARKS.md. Run by `npm run bench`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Case } from './case.js';
import { cases } from './cases/index.js';
import { makeFolder } from './files.js';
import { programs } from './machine.js';
import { measureCase, type Results } from './measure-case.js';
import { brief, usual } from './policy.js';
import { report } from './report.js';

/** With fewer runs, BENCHMARKS.md is not written. */
const LEAST_RUNS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } },
});
const runs = Number(values.runs ?? (values.quick ? 1 : LEAST_RUNS));
const unknown = positionals.find((name) => !cases.some((one) => one.name === name));
if (unknown !== undefined || !Number.isInteger(runs) || runs < 1) {
  console.error('npm run bench -- [--quick] [--runs N] [case ...]');
  console.error(`The cases are ${cases.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const wanted = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const found = programs();
const missing = (file: string): string | undefined =>
  file === process.execPath || found.has(file) ? undefined : `${file} is not on PATH`;

const all = new Map<Case, Results>();
const removeFolder = makeFolder();
try {
  for (const one of wanted) {
    console.error(one.name);
    const sizes = values.quick ? [one.quick] : one.sizes;
    const policy = values.quick ? brief : usual;
    all.set(one, await measureCase(one, { sizes, runs, policy, missing }));
  }
} finally {
  removeFolder();
}

const text = report(all, runs);
console.log(text);
if (wanted.length === cases.length && !values.quick && runs >= LEAST_RUNS) {
  writeFileSync(new URL('../../../BENCHMARKS.md', import.meta.url), text);
}
