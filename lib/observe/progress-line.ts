import { duration, exact, percent, perSecond, short, size } from './show/figures.js';

/** How far a run has come. */
export interface Progress {
  readonly elapsedMs: number;
  /** How many bytes have been read. */
  readonly bytes: number;
  /** How many bytes there are to read, if known. */
  readonly total: number | undefined;
  readonly items: number;
}

/** A piece of the line. When not all fit, those with the highest rank are left out first. */
interface Piece {
  readonly rank: number;
  readonly text: string;
}

const GAP = '  ';
const BAR_LEAST = 12;
const BAR_MOST = 32;

/** The line for a run that is going on, in `width` columns. Rates are those since `earlier`. */
export function progressLine(now: Progress, earlier: Progress, width: number): string {
  const { bytes, items, elapsedMs } = now;
  const total = knownTotal(now);
  const ms = elapsedMs - earlier.elapsedMs;
  const amount = size(bytes);
  const pieces: Piece[] = [
    { rank: 1, text: total === undefined ? amount : percent(bytes, total) },
    { rank: 3, text: total === undefined ? '' : `${amount}/${size(total)}` },
    { rank: 2, text: `${size(perSecond(bytes - earlier.bytes, ms))}/s` },
    { rank: 0, text: timeOf(now, total) },
    { rank: 4, text: `${exact(items)} items` },
    { rank: 5, text: `${short(perSecond(items - earlier.items, ms))} items/s` },
  ];
  const line = within(
    pieces.filter(({ text }) => text !== ''),
    width,
  );
  const room = Math.min(width - line.length - GAP.length, BAR_MOST);
  const isBarred = total !== undefined && room >= BAR_LEAST;
  return isBarred ? `${bar(bytes / total, room)}${GAP}${line}` : line;
}

/** The line at the end of a run. */
export function progressSummary({ bytes, items, elapsedMs }: Progress, width: number): string {
  const pieces: readonly Piece[] = [
    { rank: 0, text: size(bytes) },
    { rank: 1, text: duration(elapsedMs) },
    { rank: 2, text: `${size(perSecond(bytes, elapsedMs))}/s` },
    { rank: 3, text: `${exact(items)} items` },
    { rank: 4, text: `${short(perSecond(items, elapsedMs))} items/s` },
  ];
  return within(pieces, width);
}

/** More bytes than the total have been read when the file has grown: then the total is unknown. */
const knownTotal = ({ bytes, total }: Progress): number | undefined =>
  total !== undefined && total > 0 && bytes <= total ? total : undefined;

/** The time left follows from the rate of the whole run: a recent rate would make it jump. */
function timeOf({ bytes, elapsedMs }: Progress, total: number | undefined): string {
  if (total === undefined || bytes === 0) return duration(elapsedMs);
  return `${duration((elapsedMs * (total - bytes)) / bytes)} left`;
}

function within(pieces: readonly Piece[], width: number): string {
  const line = pieces.map(({ text }) => text).join(GAP);
  if (line.length <= width || pieces.length < 2) return line.slice(0, width);
  const last = Math.max(...pieces.map(({ rank }) => rank));
  return within(
    pieces.filter(({ rank }) => rank !== last),
    width,
  );
}

function bar(part: number, width: number): string {
  const inner = width - 2;
  const done = Math.floor(Math.min(part, 1) * inner);
  return `[${'='.repeat(done)}${' '.repeat(inner - done)}]`;
}
