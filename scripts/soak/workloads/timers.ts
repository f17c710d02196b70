import {
  batch,
  buffer,
  debounce,
  delay,
  drain,
  interval,
  pipeline,
  type Stage,
  throttle,
  timeout,
} from '../../../lib/index.js';
import { Ending } from '../ending.js';
import type { Place } from '../place.js';

const stages: [() => Stage<number, unknown>, ...(() => Stage<number, unknown>)[]] = [
  () => batch(5, { maxDelayMs: 3 }),
  () => buffer({ size: 4, when: 'drop-oldest' }),
  () => debounce({ quietMs: 2 }),
  () => delay({ delayMs: 4 }),
  () => throttle({ items: 3, perMs: 5 }),
  () => timeout({ betweenMs: 5000 }),
];

/** An interval through a stage with a timer; it never ends by itself. */
export async function timers(place: Place): Promise<void> {
  const ending = new Ending(place, 15, { endless: true });
  const stage = place.random.from(stages)();
  await ending.of(
    pipeline(interval({ everyMs: 2 }), ending.gate(), stage, drain(), ending.options),
  );
}
