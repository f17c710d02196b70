import type { Ack } from '../../core/protocol/ack.js';
import type { Run } from '../../core/protocol/run.js';
import type { Member } from './audience.js';

/** An item, and all that get it. */
export interface Gift {
  readonly item: unknown;
  readonly branches: readonly Member[];
  readonly acks: readonly Ack[] | undefined;
}

/**
 * Gives an item to each branch from the one at `from` on. Where the time slice ends amid that, those that have it go first
 * in the next: false then, and `given` is called when all have it.
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
