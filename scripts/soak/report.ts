import { flatness, LEAST_SAMPLES } from './flatness.js';
import type { Measure } from './measures.js';

const MIB = 2 ** 20;

/** The table of all measures, and a list of those that are not flat. */
export interface Report {
  readonly table: string;
  readonly problems: readonly string[];
}

export function report(measures: readonly Measure[], samples: readonly number[][]): Report {
  const count = samples[0]?.length ?? 0;
  if (count < LEAST_SAMPLES)
    return { table: '', problems: [`${count} samples are too few: give it more minutes`] };
  const rows = measures.map(({ name, bytes, tolerance }, at) => {
    const { first, last, allowed, flat } = flatness(samples[at] ?? [], tolerance);
    const shown = (value: number): string =>
      bytes ? `${(value / MIB).toFixed(2)} MiB` : String(value);
    return { name, flat, cells: [name, shown(first), shown(last), `+${shown(allowed)}`] };
  });
  const lines = [
    line(['', 'first third', 'last third', 'may rise by'], ''),
    ...rows.map(({ cells, flat }) => line(cells, flat ? 'flat' : 'NOT FLAT')),
  ];
  const risen = rows.filter(({ flat }) => !flat);
  return { table: lines.join('\n'), problems: risen.map(({ name }) => `${name}: not flat`) };
}

const line = ([name = '', ...values]: readonly string[], verdict: string): string =>
  `${name.padEnd(18)}${values.map((value) => value.padStart(13)).join('')}   ${verdict}`.trimEnd();
