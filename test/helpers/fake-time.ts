import { type Clock, createClock, install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { quiet } from './quiet.js';

/** Time that passes only when a test says so, in each test of a suite; none may leave a timer behind. */
export class FakeTime {
  #clock: Clock = createClock();

  constructor() {
    beforeEach(() => {
      this.#clock = install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'hrtime'] });
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

  /** Milliseconds since the test began. */
  get now(): number {
    return Math.round(this.#clock.performance.now());
  }

  /** Lets that much time pass, and everything come of it that will. */
  async pass(ms: number): Promise<void> {
    await this.settle();
    await this.tick(ms);
    await this.settle();
  }

  protected async tick(ms: number): Promise<void> {
    await this.#clock.tickAsync(ms);
  }

  /** What is going on already comes to rest. */
  async settle(): Promise<void> {
    await quiet(() => this.timers);
  }
}
