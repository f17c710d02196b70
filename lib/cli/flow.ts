import type { Source } from '../streams/source.js';
import type { SinkLike } from '../streams/types.js';
import { branch } from './branch.js';
import type { Input } from './input.js';
import type { Interrupts } from './interrupts.js';
import type { Output } from './output.js';
import type { Plan } from './plan.js';

type Library = typeof import('../index.js');

/** What a run has open. */
export interface Open {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
}

/** Moves the items from the inputs to the outputs; resolves when all of them are closed. */
export async function flow(
  { command = 'concat', stages }: Plan,
  { inputs, outputs }: Open,
  { stop, abort }: Interrupts,
  library: Library,
): Promise<void> {
  const join: (...sources: Source<unknown>[]) => Source<unknown> = library[command];
  const broadcast = library.broadcast as (
    ...sinks: readonly SinkLike<unknown, unknown>[]
  ) => SinkLike<unknown, readonly unknown[]>;
  const branches = outputs.map((output) => branch(output, library));
  const source = join(...inputs.map((input) => input.items(library)));
  const sink = broadcast(...branches.map((each) => each.sink));
  const options = { signal: abort, stop };
  const results = (await library.pipeline([source, ...stages, sink], options)) as unknown[];
  for (const [at, { finish }] of branches.entries()) await finish(results[at], abort);
}
