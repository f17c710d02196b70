import { finished } from 'node:stream/promises';
import { chainUnchecked } from 'stream-chain';
import { none } from 'stream-chain/defs.js';

/**
 * The sum of the output of stream-chain's stages. It is itself the last stage. The first stage gets `input`, if given.
 */
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
