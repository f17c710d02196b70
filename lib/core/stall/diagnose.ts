import { type StageRef, StallError, type StalledStage } from '../base/errors.js';
import { compareStages, placed } from '../base/stage-ref.js';
import { nowMs } from '../time/clock.js';
import type { WaitReport } from './wait-report.js';

/** What a loop that moves no item can say about the reason. */
export interface Rest {
  readonly segments: readonly { waits(): readonly WaitReport[] }[];
  readonly last: { readonly ref: StageRef; waits(blocked: boolean): readonly WaitReport[] };
  /** When the drain began to take no items, in ms; undefined while it takes items. */
  readonly blocked: number | undefined;
  /** What the loop waits for in order to end, in words, if it is ending. */
  readonly ending: string | undefined;
  /** When the loop last began to wait for a promise, a timer or a stream, in ms; 0 for never. */
  readonly since: number;
}

/** A run that has not settled when the event loop is empty. */
export interface Stalled {
  readonly loops: Iterable<{ atRest(): Rest }>;
  /** The stage that waits for this run to begin, while it has no loop. */
  readonly expecting: StageRef | undefined;
  /** When the run began, in ms. */
  readonly started: number;
  /** A caller waits for the run to settle. */
  readonly awaited: boolean;
}

const WHY = 'a run can never settle, as nothing is left that could wake it:';

interface Found extends WaitReport {
  readonly stage: StageRef;
  readonly forMs: number;
}

const blames = ({ outside, what }: WaitReport): boolean => what !== undefined && !outside;

/**
 * Says why a run can't go on. Undefined if no caller waits for the run, and its stages wait for nothing but its user.
 */
export function diagnose(run: Stalled): StallError | undefined {
  const now = nowMs();
  const all = [...run.loops].flatMap((loop) => findings(loop.atRest(), run, now));
  const stage = run.expecting;
  if (stage)
    all.push({ stage, what: 'a run that it is part of', outside: true, forMs: now - run.started });
  const blamed = all.some(blames);
  if (!run.awaited && !blamed) return undefined;
  // When some stage is stuck, stages that only wait for input from outside are left out.
  const found = blamed ? all.filter((wait) => blames(wait) || wait.held) : all;
  const stages = merged(found.sort((a, b) => compareStages(a.stage, b.stage)));
  return new StallError([WHY, ...stages.map(line)].join('\n  '), stages);
}

function findings(
  { segments, last, blocked, ending, since }: Rest,
  run: Stalled,
  now: number,
): Found[] {
  const pulls = segments.flatMap((segment) => segment.waits());
  const own = ending ? [] : last.waits(blocked !== undefined);
  const waits: WaitReport[] = [...pulls, ...own.map((wait) => ({ since: blocked, ...wait }))];
  // A loop that waits for its input to close adds nothing to what the input says itself.
  if (ending && !waits.some(blames)) waits.push({ what: ending });
  const began = since || run.started;
  return waits.map((wait) => ({
    stage: last.ref,
    ...wait,
    forMs: now - (wait.since || began),
  }));
}

/** Several equal waits of one stage, such as concurrent calls, become one entry with a count. */
function merged(found: readonly Found[]): readonly StalledStage[] {
  const stages = new Map<string, StalledStage>();
  for (const { stage, what, held = 0, unit = 'items', forMs } of found) {
    const key = JSON.stringify([stage, what]);
    const before = stages.get(key);
    stages.set(key, {
      stage,
      waitsFor: what,
      times: (before?.times ?? 0) + (what ? 1 : 0),
      forMs: Math.max(before?.forMs ?? 0, forMs),
      held: (before?.held ?? 0) + held,
      unit,
    });
  }
  return [...stages.values()];
}

function line({ stage, waitsFor, times, forMs, held, unit }: StalledStage): string {
  const often = times > 1 ? `, ${times} times` : '';
  const waits = waitsFor
    ? [`waits for ${waitsFor}${often}, for ${(forMs / 1000).toFixed(1)} s`]
    : [];
  const holds = held > 0 ? [`holds ${held} ${held === 1 ? unit.slice(0, -1) : unit}`] : [];
  return `${placed(stage)} ${[...waits, ...holds].join(', ')}`;
}
