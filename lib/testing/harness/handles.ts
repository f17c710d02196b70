import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

/** What closes takes its time. */
const PATIENCE_TURNS = 100;
/** Their number says nothing: whoever waits for a turn has one. */
const PASSING = new Set(['Immediate', 'TickObject', 'CloseReq']);

/** Timers, files, sockets: what keeps a process alive, by kind. */
function handles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    if (!PASSING.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Runs, and waits until nothing is left that was not there before. */
export async function leavesNoHandle(run: () => Promise<unknown>): Promise<void> {
  const before = handles();
  await run();
  const left = () => [...handles()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
  for (let turns = 0; turns < PATIENCE_TURNS && left().length > 0; turns += 1) await turn();
  assert.deepEqual(
    left().map(([kind]) => kind),
    [],
    'left behind, keeping the process alive',
  );
}
