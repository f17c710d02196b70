import { fitText } from '../../formats/text/text-width.js';
import type { RunStats, StageStats } from '../measure/run-stats.js';
import { exact, percent, perSecond, short, size } from './figures.js';
import { spanMs, stageName, withBytes } from './stats-reads.js';

/** A picture of a run, before it is written in a language. Texts are not escaped, one for each line. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** The ids of the boxes in each frame: stages that run as one loop. */
  readonly frames: readonly (readonly number[])[];
}

export interface Box {
  readonly id: number;
  readonly kind: StageStats['kind'];
  readonly lines: readonly string[];
  readonly isBottleneck: boolean;
}

export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const WIDEST = 48;

/** A run that has not begun, such as a plan, has no figures. */
export function drawing(run: RunStats): Drawing {
  const { stages, elapsedMs, ended, bottleneck } = withBytes(run);
  const hasBegun = ended || elapsedMs > 0;
  const boxes = stages.map((stage): Box => {
    const { id, kind } = stage;
    const isBottleneck = id === bottleneck;
    const name = fitText(stageName(stage), WIDEST);
    const lines = [
      name,
      ...(hasBegun ? timesOf(stage) : []),
      ...(isBottleneck ? ['bottleneck'] : []),
    ];
    return { id, kind, lines, isBottleneck };
  });
  const arrows = stages.flatMap((to) =>
    to.inputs.map((from): Arrow => {
      const lines = hasBegun ? flowOf(stages[from] as StageStats, to, elapsedMs) : [];
      return { from, to: to.id, lines };
    }),
  );
  const segments = new Map<number, number[]>();
  for (const { id, segment } of stages)
    segments.set(segment, [...(segments.get(segment) ?? []), id]);
  return { boxes, arrows, frames: [...segments.values()].filter(({ length }) => length > 1) };
}

function timesOf(stage: StageStats): readonly string[] {
  const whole = spanMs(stage);
  const shares = [
    [stage.busyMs, 'busy'],
    [stage.starvedMs, 'starved'],
    [stage.blockedMs, 'blocked'],
  ] as const;
  const texts = shares.map(([ms, name]) => `${percent(ms, whole)} ${name}`);
  return whole > 0 ? [texts.join(', ')] : [];
}

/**
 * A stage with one input knows what it took. A stage with several does not know how much came from each, so the count
 * of the input is used.
 */
function flowOf(from: StageStats, to: StageStats, elapsedMs: number): readonly string[] {
  const isOnly = to.inputs.length === 1;
  const items = isOnly ? to.itemsIn : from.itemsOut;
  const bytes = isOnly ? to.bytesIn : from.bytesOut;
  const ms = elapsedMs;
  if (bytes !== undefined) return [size(bytes), `${size(perSecond(bytes, ms))}/s`];
  return [`${exact(items)} ${items === 1 ? 'item' : 'items'}`, `${short(perSecond(items, ms))}/s`];
}
