import type { FakeTime } from './fake-time.js';

/** Numbers without end, each of which takes the thread some ms to make. */
export function* neverPauses(time: FakeTime, ms: number): Generator<number> {
  for (let x = 0; ; x += 1) {
    time.work(ms);
    yield x;
  }
}
