import { reckon } from './bounds.js';
import type { Case } from './case.js';
import { digits, short } from './figures.js';
import { machine, packages, programs } from './machine.js';
import type { Kind, Results, Row } from './measure-case.js';
import { usual } from './policy.js';

const versions = (of: ReadonlyMap<string, string | undefined>): string =>
  [...of].map(([name, version]) => `${name} ${version ?? '(not on PATH)'}`).join(', ');

/** The machine, the versions and the method. */
export const head = (runs: number): string => `# Benchmarks

Written by \`npm run bench\`. [scripts/bench](scripts/bench/README.md) says how to repeat it and how to add a case.

- Machine: ${machine()}; Node ${process.versions.node} with V8 ${process.versions.v8}.
- Packages: ${versions(packages)}.
- Programs: ${versions(programs)}.
- A figure is the median of ${runs} processes, with the least and the most in brackets. All processes are fresh, and the
  peers take turns, so that drift of the machine hits all alike.
- **First run**: nothing has been run in the process before, only loaded. It is what a program that does the work once
  pays, with all that its engine has yet to learn of the code.
- **Warm**: the run is repeated in the same process until it was done four times and ${short(usual.items)} items have gone through,
  or for ${usual.ms / 1000} s (then twice at least). The median of the later half of the runs counts.
- Runs are timed inside their process, CPython's too. Commands are timed from start to exit: that is a first run.
- The factor is how many times as long as sluice a peer takes: above 1 means that sluice is faster.
- All peers of a case gave the same answer, or there would be no report.
- A peer that would need too long for one run, going by fewer items, is left out.`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Words are aligned left, figures right. */
const table = (words: readonly string[], figures: readonly string[], rows: string[][]): string =>
  [[...words, ...figures], [...words.map(() => '---'), ...figures.map(() => '---:')], ...rows]
    .map(line)
    .join('\n');

/** The bounds of the cases that have run. */
export const reached = (all: ReadonlyMap<Case, Results>): string =>
  `## What must be reached

Whether a bound is met goes by the warm figure, where there is one. "The loop" is the hand-written loop in the place of
sluice: a bound that it does not reach either lies below the loop.

${table(['case', 'against', 'must be', 'met'], ['warm', 'first run', 'the loop'], reckon(all))}`;

/** A case and its figures. */
export function section(one: Case, results: Results): string {
  const [warm, first] = [figures(one, results, 'warm'), figures(one, results, 'first')];
  const tables = warm === undefined ? [first] : ['Warm:', warm, 'First run:', first];
  const leftOut = one.leftOut === undefined ? [] : [`Left out: ${one.leftOut}`];
  return [`### ${one.title}`, one.what, ...tables, ...leftOut].join('\n\n');
}

/** The table of one kind of figures; none if sluice has no such figures. */
function figures(one: Case, results: Results, kind: Kind): string | undefined {
  const sizes = [...results];
  const row = (peer: string): string[] =>
    sizes.map(([items, all]) => cell(one, items, all, kind, peer));
  const rows = Object.keys(one.peers).map((peer) => [peer, ...row(peer)]);
  if (!rows[0]?.slice(1).some(Boolean)) return undefined;
  const some = rows.filter(([, ...cells]) => cells.some(Boolean));
  return table(
    [one.unit],
    sizes.map(([items]) => short(items)),
    some,
  );
}

function cell(one: Case, items: number, row: Row, kind: Kind, peer: string): string {
  const found = row.get(peer) ?? '';
  const ours = row.get('sluice');
  if (typeof found === 'string' || typeof ours !== 'object') return `${found}`;
  const [figure, unit] = [found[kind], ours[kind]];
  if (!figure || !unit) return '';
  const shown = (value: number): string =>
    digits(one.unit === 'ns per item' ? (value * 1e6) / items : value);
  const factor = digits(figure.median / unit.median);
  return `**${factor}x** ${shown(figure.median)} (${shown(figure.least)}–${shown(figure.most)})`;
}
