import { FakeTime } from './fake-time.js';

/** Time that is wound on a millisecond at a time, for what sets a timer only once another has rung. */
export class Ticking extends FakeTime {
  override async pass(ms: number): Promise<void> {
    await this.settle();
    for (let at = 0; at < ms; at += 1) {
      await this.tick(1);
      await this.settle();
    }
  }
}
