import { FirstError } from '../../core/base/first-error.js';
import type { Stats } from '../../observe/stats.js';
import { pipeline } from '../../streams/pipeline.js';
import type { SinkLike } from '../../streams/types.js';
import { stageGate } from '../input/gate.js';
import { load } from '../library/library.js';
import type { Open } from '../output/open-files.js';
import type { Plan } from '../plan/plan.js';
import { branch } from './branch.js';
import type { Interrupts } from './interrupts.js';
import { joined } from './joined.js';

type Sink = SinkLike<unknown, unknown>;

async function toAll(...sinks: readonly Sink[]): Promise<Sink> {
  const broadcast: (...sinks: readonly Sink[]) => Sink = (await load('broadcast'))
    .broadcast as never;
  return broadcast(...sinks);
}

/** Moves the items from the inputs to the outputs; resolves when all of them are closed. */
export async function flow(
  plan: Plan,
  { inputs, outputs, rejects }: Open,
  { stop, abort, stalled }: Interrupts,
  stats: Stats | undefined,
): Promise<void> {
  const failure = new FirstError();
  const sources = inputs.map((input) => input.items(failure, rejects?.onError));
  const branches = outputs.map((output) => branch(output, failure));
  const [only, ...others] = branches.map(({ sink }) => sink);
  // A single branch needs no junction, and so no loop of its own.
  const sink = others.length === 0 ? only : await toAll(only as Sink, ...others);
  const parts = [await joined(plan, sources), ...plan.stages, stageGate(failure), sink];
  const result = await pipeline(parts, { signal: abort, stop, onStall: stalled, stats });
  failure.throwIfAny();
  const results = others.length === 0 ? [result] : (result as readonly unknown[]);
  for (const [at, { finish }] of branches.entries()) await finish(results[at], abort);
}
