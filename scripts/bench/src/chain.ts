import { finished } from 'node:stream/promises';
import { chainUnchecked } from 'stream-chain';
import { none } from 'stream-chain/defs.js';

/** The sum of what comes out of stream-chain's stages, the last of which it is itself. The first gets `input`, if any. */
export async function sum(stages: readonly unknown[], input?: unknown): Promise<number> {
  let total = 0;
  const add = (x: number): typeof none => {
    total += x;
    return none;
  };
  const run = chainUnchecked([...stages, add]);
  if (input !== undefined) run.end(input);
  await finished(run.resume());
  return total;
}
