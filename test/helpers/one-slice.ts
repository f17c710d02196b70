import { type Clock, install } from '@sinonjs/fake-timers';

/** Makes time slices endless in a suite, because their ends depend on the machine and change the order of events. */
export function inOneSlice(): void {
  let clock: Clock;
  beforeEach(() => {
    clock = install({ toFake: ['performance', 'hrtime'] });
  });
  afterEach(() => clock.uninstall());
}
