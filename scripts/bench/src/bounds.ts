import type { Case } from './case.js';
import { digits, short } from './figures.js';
import type { Results } from './measure-case.js';

/** What must be reached. Every figure is computed from the results. */
interface Bound {
  readonly name: string;
  readonly against: string;
  readonly limit: string;
  readonly figure: (results: Results) => number;
  readonly met: (figure: number) => boolean;
  readonly unit: string;
}

/** NaN where that was not measured, which makes all that is computed from it NaN. */
const median = (results: Results, items: number, peer: string): number => {
  if (![...results.values()].every((row) => row.has(peer))) throw new Error(`no peer ${peer}`);
  const found = results.get(items)?.get(peer);
  return typeof found === 'object' ? found.median : Number.NaN;
};

type Place = readonly [name: string, items: number, peer: string, us?: string];

const against = ([, items, peer, us]: Place): string =>
  `${us === undefined ? '' : `${us} against `}${peer}, ${short(items)}`;

/** The peer takes at least so many times as long as we do. */
const faster = (place: Place, times: number): Bound => {
  const [name, items, peer, us = 'sluice'] = place;
  return {
    name,
    against: against(place),
    limit: times === 1 ? 'faster' : `at least ${times}x faster`,
    figure: (results) => median(results, items, peer) / median(results, items, us),
    met: (figure) => figure >= times,
    unit: 'x',
  };
};

/** We take at most so many times as long as the peer does. */
const within = (place: Place, times: number): Bound => {
  const [name, items, peer, us = 'sluice'] = place;
  return {
    name,
    against: against(place),
    limit: `at most ${times}x slower`,
    figure: (results) => median(results, items, us) / median(results, items, peer),
    met: (figure) => figure <= times,
    unit: 'x',
  };
};

const TRANSFORMS = 'one Transform per stage';
const COMMAND = 'the sluice command';

const bounds: readonly Bound[] = [
  faster(['seed', 1e6, TRANSFORMS], 20),
  faster(['seed', 1e6, 'stream-chain'], 60),
  faster(['seed', 1e6, 'stream-chain behind a Readable'], 60),
  faster(['seed', 1e6, 'rxjs'], 4),
  faster(['seed', 1e6, 'CPython generators'], 15),
  faster(['ten-stages', 1e6, TRANSFORMS], 100),
  within(['ten-stages', 1e7, 'hand-written loop'], 4),
  faster(['zip', 1e6, "Node's streams by hand"], 10),
  faster(['broadcast', 1e6, "Node's streams by hand"], 5),
  faster(['push', 1e6, 'CPython coroutines'], 1),
  within(['foreign', 1e6, 'one Transform doing both'], 1.1),
  within(
    ['foreign', 1e6, 'one Transform doing both', 'sluice, one composed Stage in stream.pipeline'],
    1.1,
  ),
  faster(['ndjson', 1e6, 'split2 and Transforms'], 1.5),
  faster(['ndjson', 1e6, 'jq', COMMAND], 2),
  faster(['ndjson', 1e6, 'Miller', COMMAND], 5),
  within(['start-up', 1, 'node -e 0'], 1.5),
  {
    name: 'file-memory',
    against: '1e7 lines (1 GB) against 1e5 lines (10 MB)',
    limit: 'at most 1.15x',
    figure: (results) => median(results, 1e7, 'sluice') / median(results, 1e5, 'sluice'),
    met: (figure) => figure <= 1.15,
    unit: 'x',
  },
  {
    name: 'file-memory',
    against: '1e7 lines (1 GB)',
    limit: 'below 150 MB (143 MiB)',
    figure: (results) => median(results, 1e7, 'sluice'),
    met: (figure) => figure < 143,
    unit: ' MiB',
  },
];

/** The rows of the table of bounds: those whose case has run. */
export function reckon(all: ReadonlyMap<Case, Results>): string[][] {
  return bounds.flatMap(({ name, against, limit, figure, met, unit }) => {
    const [one, results] = [...all].find(([{ name: of }]) => of === name) ?? [];
    if (one === undefined || results === undefined) return [];
    const value = figure(results);
    if (Number.isNaN(value)) return [[one.title, against, limit, 'not measured', '']];
    return [[one.title, against, limit, `${digits(value)}${unit}`, met(value) ? 'yes' : 'no']];
  });
}
