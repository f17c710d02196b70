import type { Case } from './case.js';
import { digits, short } from './figures.js';
import type { Kind, Results } from './measure-case.js';

/** A goal, checked with a figure that is computed from the results. */
interface Bound {
  readonly name: string;
  readonly against: string;
  readonly limit: string;
  /** The figure of peer `us`, by default of Sluice. */
  readonly figure: (results: Results, kind: Kind, us?: string) => number;
  readonly met: (figure: number) => boolean;
  readonly unit: string;
}

const LOOP = 'hand-written loop';

/** NaN if it was not measured, so that figures computed from it are NaN too. */
const median = (results: Results, kind: Kind, items: number, peer: string): number => {
  const found = results.get(items)?.get(peer);
  return (typeof found === 'object' ? found[kind]?.median : undefined) ?? Number.NaN;
};

type Place = readonly [name: string, items: number, peer: string, us?: string];

const against = ([, items, peer, us]: Place): string =>
  `${us === undefined ? '' : `${us} against `}${peer}, ${short(items)}`;

/** The peer must take at least `times` as long as Sluice. */
const faster = (place: Place, times: number): Bound => {
  const [name, items, peer, ours = 'sluice'] = place;
  return {
    name,
    against: against(place),
    limit: times === 1 ? 'faster' : `at least ${times}x faster`,
    figure: (results, kind, us = ours) =>
      median(results, kind, items, peer) / median(results, kind, items, us),
    met: (figure) => figure >= times,
    unit: 'x',
  };
};

/** Sluice may take at most `times` as long as the peer. */
const within = (place: Place, times: number): Bound => {
  const [name, items, peer, ours = 'sluice'] = place;
  return {
    name,
    against: against(place),
    limit: `at most ${times}x slower`,
    figure: (results, kind, us = ours) =>
      median(results, kind, items, us) / median(results, kind, items, peer),
    met: (figure) => figure <= times,
    unit: 'x',
  };
};

const TRANSFORMS = 'one Transform per stage';
const COMMAND = 'the sluice command';

/** Bounds of the memory that a file of 1 GB needs. */
const flat = (name: string, items: string): readonly Bound[] => [
  {
    name,
    against: `1e7 ${items} (1 GB) against 1e5 ${items} (10 MB)`,
    limit: 'at most 1.15x',
    figure: (results, kind, us = 'sluice') =>
      median(results, kind, 1e7, us) / median(results, kind, 1e5, us),
    met: (figure) => figure <= 1.15,
    unit: 'x',
  },
  {
    name,
    against: `1e7 ${items} (1 GB)`,
    limit: 'below 150 MB (143 MiB)',
    figure: (results, kind, us = 'sluice') => median(results, kind, 1e7, us),
    met: (figure) => figure < 143,
    unit: ' MiB',
  },
];

const bounds: readonly Bound[] = [
  faster(['seed', 1e6, TRANSFORMS], 20),
  faster(['seed', 1e6, 'stream-chain'], 60),
  faster(['seed', 1e6, 'stream-chain behind a Readable'], 60),
  faster(['seed', 1e6, 'rxjs'], 4),
  faster(['seed', 1e6, 'CPython generators'], 15),
  faster(['ten-stages', 1e6, TRANSFORMS], 100),
  within(['ten-stages', 1e7, LOOP], 4),
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
  ...flat('file-memory', 'lines'),
  ...flat('csv-memory', 'rows'),
];

/** The rows of the table of bounds, for the cases that have run. */
export function reckon(all: ReadonlyMap<Case, Results>): string[][] {
  return bounds.flatMap((bound) => {
    const [one, results] = [...all].find(([{ name }]) => name === bound.name) ?? [];
    return one && results ? [[one.title, ...row(bound, results)]] : [];
  });
}

/** The verdict uses the warm figure, or that of the first run if there is no warm one. */
function row({ against, limit, figure, met, unit }: Bound, results: Results): string[] {
  const [warm, first] = [figure(results, 'warm'), figure(results, 'first')];
  const counts = Number.isNaN(warm) ? first : warm;
  const shown = (value: number): string => (Number.isNaN(value) ? '' : `${digits(value)}${unit}`);
  const loop = against.startsWith(LOOP) ? Number.NaN : figure(results, 'warm', LOOP);
  const verdict = met(counts) ? 'yes' : 'no';
  return [
    against,
    limit,
    Number.isNaN(counts) ? 'not measured' : verdict,
    shown(warm),
    shown(first),
    shown(loop),
  ];
}
