import { type Clock, createClock, install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { quiet } from './quiet.js';

/** Timers that a test winds on by hand, for each test of a suite; none may be left behind. */
export class Ticking {
  #clock: Clock = createClock();

  constructor() {
    beforeEach(() => {
      this.#clock = install({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    });
    afterEach(() => {
      const left = this.timers;
      this.#clock.uninstall();
      expect(left, 'timers left behind').to.equal(0);
    });
  }

  get timers(): number {
    return this.#clock.countTimers();
  }

  /** Lets that much time pass, a millisecond at a time, and what comes of it happen. */
  async pass(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += 1) {
      await quiet(() => this.timers);
      await this.#clock.tickAsync(1);
    }
    await quiet(() => this.timers);
  }
}
