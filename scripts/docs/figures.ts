/** The columns of a table, each with its peers. The first of them that a case has is shown. */
const COLUMNS: readonly [name: string, ...peers: string[]][] = [
  ['sluice', 'sluice'],
  ['by hand', 'hand-written loop'],
  [
    "Node's streams",
    'one Transform per stage',
    "Node's streams by hand",
    'one Transform doing both',
    'split2 and Transforms',
  ],
  ['stream-chain', 'stream-chain'],
  ['rxjs', 'rxjs'],
  ['CPython', 'CPython generators', 'CPython comprehensions', 'CPython coroutines'],
];

const COMMANDS: typeof COLUMNS = [
  ['sluice', 'the sluice command'],
  ['jq', 'jq'],
  ['Miller', 'Miller'],
];

const SIZE = '1e6';

const CASES: readonly [title: string, columns: typeof COLUMNS][] = [
  ["The seed's pipeline", COLUMNS],
  ['Ten stages on small objects', COLUMNS],
  ['Zip of two', COLUMNS],
  ['Broadcast to three', COLUMNS],
  ['Push with answers', COLUMNS],
  ['A foreign Readable through two stages into a foreign Writable', COLUMNS],
  ['NDJSON, file to file', COLUMNS],
  ['NDJSON, file to file', COMMANDS],
];

interface Figures {
  /** Which table of the case: `Warm`, `First run`, or '' if the case has only one. */
  readonly kind: string;
  readonly unit: string;
  /** Medians at `SIZE` by peer, as printed in BENCHMARKS.md, or `over ...` for a peer that took too long. */
  readonly medians: ReadonlyMap<string, string>;
}

/** The tables of a case in BENCHMARKS.md. */
function tablesOf(benchmarks: string, title: string): Figures[] {
  const from = benchmarks.indexOf(`\n### ${title}\n`);
  if (from < 0) throw new Error(`BENCHMARKS.md has no case ${title}`);
  const to = benchmarks.indexOf('\n### ', from + 1);
  const section = benchmarks.slice(from, to < 0 ? undefined : to);
  return [...section.matchAll(/(?:^(\w[\w ]*):\n\n)?^(\|.*\n)\| ---.*\n((?:\|.*\n)+)/gm)].map(
    ([, kind = '', heading = '', rows = '']) => {
      const [unit = '', ...sizes] = cellsOf(heading);
      const at = sizes.indexOf(SIZE);
      if (at < 0) throw new Error(`BENCHMARKS.md has no figures of ${title} for ${SIZE} items`);
      const medians = rows
        .trimEnd()
        .split('\n')
        .map(cellsOf)
        .flatMap(([peer = '', ...cells]): [string, string][] => {
          const [, median, limit] =
            / ([\d.e+-]+) \(|^more than (\d+ s)/.exec(cells[at] ?? '') ?? [];
          const shown = limit === undefined ? median : `over ${limit}`;
          return shown === undefined ? [] : [[peer, shown]];
        });
      return { kind, unit, medians: new Map(medians) };
    },
  );
}

const cellsOf = (row: string): string[] =>
  row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** How many times as long as Sluice a peer takes, with few digits. */
function factor(peer: string, ours: string): string {
  if (peer.startsWith('over')) return peer;
  const times = Number(peer) / Number(ours);
  return `${times < 10 ? times.toPrecision(times < 0.1 ? 1 : 2) : times.toFixed(0)}x`;
}

function row(title: string, columns: typeof COLUMNS, { kind, unit, medians }: Figures): string[] {
  const [ours, ...theirs] = columns.map(([, ...peers]) =>
    peers.map((peer) => medians.get(peer)).find((median) => median !== undefined),
  );
  if (ours === undefined) return [];
  const shown = theirs.map((median) => (median === undefined ? '' : factor(median, ours)));
  const what = kind === '' ? title : `${title}, ${kind.toLowerCase()}`;
  return [what, `${ours} ${unit.replace('ns per item', 'ns')}`, ...shown];
}

const table = (first: string, columns: typeof COLUMNS, rows: string[][]): string =>
  [
    [first, ...columns.map(([name]) => name)],
    ['---', ...columns.map(() => '---:')],
    ...rows.filter(({ length }) => length > 0),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The tables of the README, made from BENCHMARKS.md. */
export function figures(benchmarks: string): string {
  const rows = (columns: typeof COLUMNS): string[][] =>
    CASES.filter(([, ones]) => ones === columns).flatMap(([title]) =>
      tablesOf(benchmarks, title).map((one) => row(title, columns, one)),
    );
  return `${table('a million items', COLUMNS, rows(COLUMNS))}

${table('a million lines', COMMANDS, rows(COMMANDS))}`;
}
