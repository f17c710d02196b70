import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

/** How many turns of the event loop closing may take. */
const PATIENCE_TURNS = 100;
/** Not counted: these are gone after a turn, and waiting for a turn makes one. */
const PASSING = new Set(['Immediate', 'TickObject', 'CloseReq']);

/** The resources that keep the process alive (timers, files, sockets), counted by kind. */
function handles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    if (!PASSING.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Calls `run`, then fails unless the resources it has opened are gone after some turns. */
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
