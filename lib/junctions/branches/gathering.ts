import { Queue } from '../../core/base/queue.js';
import type { Audience } from './audience.js';

/** Items that wait for more, so that their audiences get whole runs of them. */
export class Gathering {
  /** The audiences that have gathered items, in the order in which they began. */
  readonly #audiences = new Queue<Audience>();

  /** False where the item is to be given by itself: a branch has no room for it, or no branch may wait for more. */
  gather(item: unknown, audience: Audience): boolean {
    if (!audience.roomy && !this.#begins(audience)) return false;
    audience.gather(item);
    return true;
  }

  #begins(audience: Audience): boolean {
    if (!audience.lasts) return false;
    if (!audience.empty) return true;
    const begins = audience.begin();
    if (begins) this.#audiences.push(audience);
    return begins;
  }

  /** All that has been gathered. */
  handOn(): void {
    const audiences = this.#audiences;
    for (let next = audiences.shift(); next; next = audiences.shift()) next.handOn();
  }
}
