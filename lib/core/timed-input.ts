import { Alarm } from './alarm.js';
import type { Held } from './held-acks.js';
import { HeldInput } from './held-input.js';
import type { Host } from './host.js';
import type { Pull } from './pull.js';

/** The input of a stage that holds items until their time has come. */
export class TimedInput<I> extends HeldInput<I> {
  /** Set while the next to go out has to wait. */
  readonly alarm: Alarm;

  constructor(upstream: Pull<I>, host: Host) {
    super(upstream, host);
    this.alarm = new Alarm(host);
  }

  override handOn(out: readonly Held[]): void {
    this.alarm.clear();
    super.handOn(out);
  }

  override close(): void | Promise<void> {
    this.alarm.clear();
    return super.close();
  }
}
