import { reckon } from './bounds.js';
import type { Case } from './case.js';
import { digits, short } from './figures.js';
import { machine, packages, programs } from './machine.js';
import type { Results, Row } from './measure-case.js';
import { usual } from './policy.js';

const versions = (of: ReadonlyMap<string, string | undefined>): string =>
  [...of].map(([name, version]) => `${name} ${version ?? '(not on PATH)'}`).join(', ');

/** What the figures were measured on, and how. */
export const head = (runs: number): string => `# Benchmarks

Written by \`npm run bench\`. [scripts/bench](scripts/bench/README.md) says how to repeat it and how to add a case.

- Machine: ${machine()}; Node ${process.versions.node} with V8 ${process.versions.v8}.
- Packages: ${versions(packages)}.
- Programs: ${versions(programs)}.
- A figure is the median of ${runs} runs, with the least and the most in brackets. Each run is a fresh process, and the
  peers take turns, so that drift of the machine hits all alike.
- A run is timed inside its process, CPython's too: ${short(usual.warmUp)} items go through first, then all items are timed. Fewer than
  ${short(usual.timed)} items are put through again and again until there were so many. Commands are timed from start to exit.
- The factor is how many times as long as sluice a peer takes: above 1 means that sluice is faster.
- All peers of a case gave the same answer, or there would be no report.
- A peer that would need too long for one run, going by fewer items, is left out.`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The bounds of the cases that have run. */
export const reached = (all: ReadonlyMap<Case, Results>): string =>
  [
    '## What must be reached',
    '',
    line(['case', 'against', 'must be', 'is', 'met']),
    line(['---', '---', '---', '---:', '---']),
    ...reckon(all).map(line),
  ].join('\n');

/** A case and its figures. */
export function section(one: Case, results: Results): string {
  const sizes = [...results];
  const rows = Object.keys(one.peers).map((peer) =>
    line([peer, ...sizes.map(([items, row]) => cell(one, items, row, peer))]),
  );
  const leftOut = one.leftOut === undefined ? [] : ['', `Left out: ${one.leftOut}`];
  return [
    `### ${one.title}`,
    '',
    one.what,
    '',
    line([one.unit, ...sizes.map(([items]) => short(items))]),
    line(['---', ...sizes.map(() => '---:')]),
    ...rows,
    ...leftOut,
  ].join('\n');
}

function cell(one: Case, items: number, row: Row, peer: string): string {
  const found = row.get(peer) ?? '';
  const ours = row.get('sluice');
  if (typeof found === 'string' || typeof ours !== 'object') return `${found}`;
  const shown = (value: number): string =>
    digits(one.unit === 'ns per item' ? (value * 1e6) / items : value);
  const factor = digits(found.median / ours.median);
  return `**${factor}x** ${shown(found.median)} (${shown(found.least)}–${shown(found.most)})`;
}
