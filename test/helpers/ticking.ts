import { FakeTime } from './fake-time.js';

/** Fake time that passes in steps of 1 ms, for code that sets a timer only after another has fired. */
export class Ticking extends FakeTime {
  override async pass(ms: number): Promise<void> {
    await this.settle();
    for (let at = 0; at < ms; at += 1) {
      await this.tick(1);
      await this.settle();
    }
  }
}
