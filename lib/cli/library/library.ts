import * as usual from './usual-names.js';

export type Library = typeof import('../../index.js');

type Name = keyof Library;

type Rare = Exclude<Name, keyof typeof usual>;

/** The names that few command lines mention, with the import of each. */
const rare = {
  balance: () => import('../../junctions/balance.js'),
  batch: () => import('../../operators/batch.js'),
  branch: () => import('../../junctions/branch.js'),
  broadcast: () => import('../../junctions/broadcast.js'),
  buffer: () => import('../../operators/buffer.js'),
  count: () => import('../../sinks/count.js'),
  deadLetter: () => import('../../junctions/dead-letter.js'),
  debounce: () => import('../../operators/debounce.js'),
  dedupe: () => import('../../operators/dedupe.js'),
  delay: () => import('../../operators/delay.js'),
  drain: () => import('../../sinks/drain.js'),
  drop: () => import('../../operators/drop.js'),
  dropWhile: () => import('../../operators/drop-while.js'),
  enumerate: () => import('../../operators/enumerate.js'),
  every: () => import('../../sinks/every.js'),
  find: () => import('../../sinks/find.js'),
  first: () => import('../../sinks/first.js'),
  flatMap: () => import('../../operators/flat-map.js'),
  forEach: () => import('../../sinks/for-each.js'),
  formatCsv: () => import('../../formats/format-csv.js'),
  formatJson: () => import('../../formats/format-json.js'),
  formatTable: () => import('../../formats/format-table.js'),
  formatTsv: () => import('../../formats/format-tsv.js'),
  generate: () => import('../../sources/generate.js'),
  graph: () => import('../../observe/graph.js'),
  groupBy: () => import('../../junctions/group-by.js'),
  Hub: () => import('../../junctions/hub.js'),
  hub: () => import('../../junctions/hub.js'),
  interleave: () => import('../../junctions/interleave.js'),
  interval: () => import('../../sources/interval.js'),
  join: () => import('../../junctions/join.js'),
  last: () => import('../../sinks/last.js'),
  merge: () => import('../../junctions/merge.js'),
  mergeSorted: () => import('../../junctions/merge-sorted.js'),
  pairwise: () => import('../../operators/pairwise.js'),
  parseCsv: () => import('../../formats/parse-csv.js'),
  parseJson: () => import('../../formats/parse-json.js'),
  parseTsv: () => import('../../formats/parse-tsv.js'),
  partition: () => import('../../junctions/partition.js'),
  Producer: () => import('../../push/producer.js'),
  pull: () => import('../../streams/pull.js'),
  push: () => import('../../push/push.js'),
  race: () => import('../../junctions/race.js'),
  range: () => import('../../sources/range.js'),
  reduce: () => import('../../sinks/reduce.js'),
  sample: () => import('../../operators/sample.js'),
  scan: () => import('../../operators/scan.js'),
  some: () => import('../../sinks/some.js'),
  sort: () => import('../../operators/sort.js'),
  stats: () => import('../../observe/stats.js'),
  statsTable: () => import('../../observe/stats-table.js'),
  take: () => import('../../operators/take.js'),
  takeWhile: () => import('../../operators/take-while.js'),
  tally: () => import('../../sinks/tally.js'),
  tap: () => import('../../operators/tap.js'),
  tee: () => import('../../junctions/tee.js'),
  throttle: () => import('../../operators/throttle.js'),
  timeout: () => import('../../operators/timeout.js'),
  toArray: () => import('../../sinks/to-array.js'),
  top: () => import('../../operators/top.js'),
  uniq: () => import('../../operators/uniq.js'),
  window: () => import('../../operators/window.js'),
  zip: () => import('../../junctions/zip.js'),
  zipLatest: () => import('../../junctions/zip-latest.js'),
  zipLongest: () => import('../../junctions/zip-longest.js'),
} satisfies { readonly [N in Rare]: () => Promise<Pick<Library, N>> };

const isUsual = (name: Name): name is keyof typeof usual => Object.hasOwn(usual, name);

/** All names of the library, loaded or not. */
export const names = [...Object.keys(usual), ...Object.keys(rare)] as readonly Name[];

/** Loads the values of these names, and only these. */
export async function load<N extends Name>(...wanted: readonly N[]): Promise<Pick<Library, N>> {
  const found = wanted.map(async (name): Promise<readonly [string, unknown]> => {
    const holder: Partial<Library> = isUsual(name) ? usual : await rare[name as Rare]();
    return [name, holder[name]];
  });
  return Object.fromEntries(await Promise.all(found)) as Pick<Library, N>;
}

/** Loads the names of the library that a JavaScript text mentions, even only as words. */
export function mentioned(text: string): Promise<Partial<Library>> {
  // An escape or an `eval` may mention any name.
  if (/\\u|\beval\b/.test(text)) return load(...names);
  const words = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return load(...names.filter((name) => words.has(name)));
}
