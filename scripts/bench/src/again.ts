import type { Case } from './case.js';
import type { Results } from './measure-case.js';
import { head, reached, section } from './report.js';

const END_OF_SECTION = /\n\n### |\n$/;

/** A report with the sections and bounds of some cases replaced by those of a new run. */
export function again(report: string, runs: number, all: ReadonlyMap<Case, Results>): string {
  if (!report.startsWith(head(runs)))
    throw new Error('BENCHMARKS.md comes of another machine or other versions: measure all cases');
  let text = report;
  for (const one of all.keys()) {
    const results = all.get(one) as Results;
    text = withSection(text, one, `${section(one, results)}\n\nMeasured in a run of its own.`);
    text = withBounds(text, one.title, reached(new Map([[one, results]])));
  }
  return text;
}

function withSection(text: string, { title }: Case, measured: string): string {
  const start = text.indexOf(`### ${title}\n`);
  const length = text.slice(start).search(END_OF_SECTION);
  if (start < 0 || length < 0) throw new Error(`BENCHMARKS.md has no section of ${title}`);
  return `${text.slice(0, start)}${measured}${text.slice(start + length)}`;
}

/** Replaces the lines of a case, which are adjacent. */
function withBounds(text: string, title: string, measured: string): string {
  const isOf = (line: string): boolean => line.startsWith(`| ${title} |`);
  const bounds = measured.split('\n').filter(isOf);
  const lines = text.split('\n');
  const first = lines.findIndex(isOf);
  if (first < 0) return text;
  const others = lines.filter((line) => !isOf(line));
  return [...others.slice(0, first), ...bounds, ...others.slice(first)].join('\n');
}
