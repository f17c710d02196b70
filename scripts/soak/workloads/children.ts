import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { count, formatNdjson, parseNdjson, pipeline, range } from '../../../lib/index.js';
import { Ending } from '../ending.js';
import type { Place } from '../place.js';

/** Copies stdin to stdout, and exits without an error when its reader is gone. */
const SCRIPT = `process.stdout.on('error', () => process.exit()); process.stdin.pipe(process.stdout);`;

/** Sends items through another process. */
export async function children(place: Place): Promise<void> {
  const items = 100 + place.random.below(3000);
  const ending = new Ending(place, 100);
  const { options } = ending;
  const child = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  // The writer fails when the reader ends first and closes the pipe.
  const written = pipeline(range(0, items), formatNdjson(), child.stdin).catch(() => {});
  const read = await ending.of(
    pipeline(child.stdout, parseNdjson(), ending.gate(), count(), options),
  );
  await Promise.all([written, closed]);
  if (ending.whole) assert.equal(read, items);
}
