import assert from 'node:assert/strict';
import { compose, forEach, take, toArray } from '../../../lib/index.js';
import type { Place } from '../place.js';

/** Joins the shared hub and leaves it in some way. Items that are sent meanwhile must arrive. */
export async function members({ random, hub, producer }: Place): Promise<void> {
  const first = random.below(2 ** 31);
  const items = Array.from({ length: 1 + random.below(20) }, (_, at) => first + at);
  const whole = hub.join(toArray<number>());
  const enough = hub.join(compose(take<number>(3), toArray<number>()));
  const failing = hub.join(
    forEach((item: number) => {
      if (item === first) throw new Error('on purpose');
    }),
    { onError: 'detach' },
  );
  await Promise.all(items.map((item) => producer.send(item)));
  const [all, some, none] = await Promise.all([whole.leave(), enough.leave(), failing.leave()]);
  // Concurrent workloads send to the hub, too.
  assert.ok(all.status === 'fulfilled' && items.every((item) => all.value.includes(item)));
  assert.ok(some.status === 'fulfilled' && some.value.length <= 3);
  assert.equal(none.status, 'rejected');
}
