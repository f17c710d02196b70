/** Measures the named cases, or all, and prints each when it is done. Run by `npm run bench`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { again } from './again.js';
import type { Case } from './case.js';
import { cases } from './cases/index.js';
import { makeFolder } from './files.js';
import { measureCase, type Results } from './measure-case.js';
import { brief, usual } from './policy.js';
import { head, reached, section } from './report.js';

/** With fewer runs, BENCHMARKS.md is not written. */
const LEAST_RUNS = 5;

/** Reads the command line; throws if it is wrong. */
function options(): {
  quick: boolean;
  replace: boolean;
  runs: number;
  wanted: readonly Case[];
} {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      runs: { type: 'string' },
    },
  });
  const { quick, replace } = values;
  const runs = Number(values.runs ?? (quick ? 1 : LEAST_RUNS));
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes an integer from 1');
  const unknown = positionals.find((name) => !cases.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`there is no case ${unknown}`);
  const wanted = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  return { quick, replace, runs, wanted };
}

/** The options; exits if the command line is wrong. */
function asked(): ReturnType<typeof options> {
  try {
    return options();
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    console.error('npm run bench -- [--quick] [--replace] [--runs N] [case ...]');
    console.error(`The cases are ${cases.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
}

const { quick, replace, runs, wanted } = asked();
const file = new URL('../../../BENCHMARKS.md', import.meta.url);
console.log(head(runs));
makeFolder();
const sections: string[] = [];
const all = new Map<Case, Results>();
for (const one of wanted) {
  const results = await measureCase(one, {
    sizes: quick ? [one.quick] : one.sizes,
    runs: quick ? runs : runs * (one.times ?? 1),
    policy: quick ? brief : usual,
  });
  all.set(one, results);
  const text = section(one, results);
  sections.push(text);
  console.log(`\n${text}`);
}
console.log(`\n${reached(all)}`);

const lasting = !quick && runs >= LEAST_RUNS;
if (lasting && wanted.length === cases.length) {
  const text = [head(runs), reached(all), '## Cases', ...sections].join('\n\n');
  writeFileSync(file, `${text}\n`);
} else if (lasting && replace) writeFileSync(file, again(readFileSync(file, 'utf8'), runs, all));
