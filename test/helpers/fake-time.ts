import { type Clock, createClock, install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { quiet } from './quiet.js';

/** Fake time for each test of a suite. Fails a test that leaves a timer behind. */
export class FakeTime {
  #clock: Clock = createClock();
  /** How long the thread has been busy since the event loop turned. */
  #busyMs = 0;

  constructor() {
    beforeEach(() => {
      this.#clock = install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'hrtime'] });
      const now = performance.now.bind(performance);
      performance.now = () => now() + this.#busyMs;
      const { hrtime } = process;
      const later = (): [number, number] => {
        const ms = performance.now();
        return [Math.floor(ms / 1e3), (ms % 1e3) * 1e6];
      };
      process.hrtime = Object.assign(later, { bigint: hrtime.bigint });
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
    return Math.round(performance.now());
  }

  /** Pretends that the thread was busy for `ms`: no timer fires before the event loop turns. */
  work(ms: number): void {
    if (this.#busyMs === 0)
      setImmediate(() => {
        const passed = this.#busyMs;
        this.#busyMs = 0;
        this.#clock.tick(passed);
      });
    this.#busyMs += ms;
  }

  /** Lets `ms` pass, and waits until all effects have settled. */
  async pass(ms: number): Promise<void> {
    await this.settle();
    await this.tick(ms);
    await this.settle();
  }

  protected async tick(ms: number): Promise<void> {
    await this.#clock.tickAsync(ms);
  }

  /** Waits until nothing happens any more without time passing. */
  async settle(): Promise<void> {
    await quiet(() => this.timers);
  }
}
