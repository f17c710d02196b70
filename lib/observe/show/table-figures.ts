import type { StageStats } from '../measure/run-stats.js';
import { exact, percent, perSecond, short, size } from './figures.js';
import { spanMs } from './stats-reads.js';

/** A column of the table. `text`: its cell, for a stage since the beginning (`all`) and recently (`late`). */
export interface TableFigure {
  readonly name: string;
  readonly text: (all: StageStats, late: StageStats) => string;
}

type Show = (count: number) => string;

/** Bytes instead of the number of chunks, which says little. */
const amount = (items: number, bytes: number | undefined, show: Show): string =>
  bytes === undefined ? show(items) : size(bytes);

const itemsIn = (show: Show): TableFigure => ({
  name: 'in',
  text: ({ kind, itemsIn, bytesIn }) => (kind === 'source' ? '' : amount(itemsIn, bytesIn, show)),
});

const itemsOut = (show: Show): TableFigure => ({
  name: 'out',
  text: ({ kind, itemsOut, bytesOut }) => (kind === 'sink' ? '' : amount(itemsOut, bytesOut, show)),
});

/** Items that come in per second; for a source, items that go out. Bytes if neither are counted as items. */
function speedOf(late: StageStats, unit: string): string {
  const ways = [
    { counts: late.kind !== 'source', items: late.itemsIn, bytes: late.bytesIn },
    { counts: late.kind !== 'sink', items: late.itemsOut, bytes: late.bytesOut },
  ].filter(({ counts }) => counts);
  const way = ways.find(({ bytes }) => bytes === undefined) ?? ways[0];
  const { items = 0, bytes } = way ?? {};
  const speed = perSecond(bytes ?? items, spanMs(late));
  return bytes === undefined ? short(speed) : `${size(speed)}${unit}`;
}

const rate: TableFigure = { name: 'items/s', text: (_all, late) => speedOf(late, '/s') };

/** The same in the shortest form. */
const narrowRate: TableFigure = { name: 'per s', text: (_all, late) => speedOf(late, '') };

const busy: TableFigure = {
  name: 'busy',
  text: (_all, late) => percent(late.busyMs, spanMs(late)),
};

const waits: readonly TableFigure[] = [
  { name: 'starved', text: (_all, late) => percent(late.starvedMs, spanMs(late)) },
  { name: 'blocked', text: (_all, late) => percent(late.blockedMs, spanMs(late)) },
];

export const held: TableFigure = { name: 'held', text: (all) => short(all.held) };

const wide = [itemsIn(exact), itemsOut(exact), rate, busy, ...waits];
const narrow = [itemsIn(short), itemsOut(short), narrowRate, busy, ...waits];

/** From the most columns to the fewest. The first list that leaves room for the names is used. */
export const tableFigures: readonly (readonly TableFigure[])[] = [
  [...wide, held],
  [...narrow, held],
  wide,
  narrow,
  [itemsIn(short), itemsOut(short), narrowRate, busy],
  [itemsOut(short), narrowRate, busy],
  [narrowRate, busy],
  [busy],
];
