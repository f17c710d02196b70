import { type Clock, install } from '@sinonjs/fake-timers';

/** No time slice ends in a suite: when one does is the machine's matter, and moves what happens between loops. */
export function inOneSlice(): void {
  let clock: Clock;
  beforeEach(() => {
    clock = install({ toFake: ['performance', 'hrtime'] });
  });
  afterEach(() => clock.uninstall());
}
