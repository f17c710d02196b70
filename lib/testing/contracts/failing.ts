import assert from 'node:assert/strict';
import { drain, pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Counted } from '../harness/counted.js';
import { nodeRun } from '../harness/node-run.js';
import { Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';

/** A stage or a sink, and items of which the last makes it fail. */
interface Failing {
  readonly items: readonly unknown[];
  readonly make: () => unknown;
  readonly role: 'stage' | 'sink';
}

/** A failure rejects the run, and closes everything. */
export function failingContract({ items, make, role }: Failing, check: AddCheck): void {
  const ways: Record<string, (parts: readonly unknown[]) => Promise<unknown>> = {
    pipeline: (parts) => pipeline(parts as unknown[]),
    "Node's pipeline": nodeRun,
  };
  for (const [how, run] of Object.entries(ways)) {
    check(`fails on an item it can't take in ${how}, which closes everything`, async () => {
      const counted = new Counted(items.length * 100);
      function* feed(): Generator<unknown> {
        for (const at of counted.items()) yield items[at % items.length];
      }
      const behind = role === 'stage' ? [drain()] : [];
      const part = new Watched(make(), { role, listen: run === nodeRun });
      const error = await rejection(run([feed(), part.part, ...behind]));
      assert.ok(!String(error).includes('asked for more than'), 'took all items without failing');
      await part.expectOver();
      part.expectOnly(error);
      assert.equal(await quiet(() => counted.closed), true);
    });
  }
}
