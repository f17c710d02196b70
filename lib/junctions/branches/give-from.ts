import type { Ack } from '../../core/protocol/ack.js';
import type { Run } from '../../core/protocol/run.js';
import type { Member } from './audience.js';

/** An item, and the branches that get it. */
export interface Gift {
  readonly item: unknown;
  readonly branches: readonly Member[];
  readonly acks: readonly Ack[] | undefined;
}

/**
 * Gives an item to each branch from index `from` on. If the time slice ends in between, the branches that have the item
 * go on first in the next slice. Then it returns false, and calls `given` when all branches have the item.
 */
export function giveFrom(from: number, gift: Gift, run: Run, given: () => void): boolean {
  const { item, branches, acks } = gift;
  for (let at = from; at < branches.length; at += 1) {
    if (at > 0 && run.turn.over) {
      const goOn = (): void => {
        if (giveFrom(at, gift, run, given)) given();
      };
      run.turn.wait({ resume: () => run.within(goOn) });
      return false;
    }
    branches[at]?.give(item, acks?.[at]);
  }
  return true;
}
