import type { Host } from '../protocol/host.js';
import type { Pull } from '../protocol/pull.js';
import type { Held } from './held-acks.js';
import { HeldInput } from './held-input.js';
import { Timer } from './timer.js';

/** The input of a stage that holds items for some time. */
export class TimedInput<I> extends HeldInput<I> {
  /** Set while the next item to be emitted has to wait. */
  readonly timer: Timer;

  constructor(upstream: Pull<I>, host: Host) {
    super(upstream, host);
    this.timer = new Timer(host);
  }

  override handOn(out: readonly Held[]): void {
    this.timer.clear();
    super.handOn(out);
  }

  override close(): void | Promise<void> {
    this.timer.clear();
    return super.close();
  }
}
