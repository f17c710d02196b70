import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { balance, batch, broadcast, flatMap, forEach, map, push } from '../../../lib/index.js';
import type { Place } from '../place.js';

/** Each makes a new producer of another kind. */
const makes = {
  answering: () =>
    push(
      map((item: number) => item + 1),
      (item: number) => item,
    ),
  concurrent: () => push(map(later, { concurrency: 4 }), forEach(later)),
  holding: () =>
    push(
      batch<number>(7),
      forEach(() => turn()),
    ),
  spreading: () =>
    push(
      flatMap((item: number) => [item, item]),
      broadcast(taker(), taker()),
    ),
  balancing: () => push(balance(taker(), taker(), taker())),
  failing: () => push(map(failing), forEach(later)),
};

async function later(item: number): Promise<number> {
  await turn();
  return item;
}

function failing(item: number): number {
  if (item === 20) throw new Error('on purpose');
  return item;
}

const taker = () => forEach(later);

/** Several senders into one producer, which is closed or destroyed under load: every `send` must settle. */
export async function pushes({ random }: Place): Promise<void> {
  const kind = random.from(Object.keys(makes) as [keyof typeof makes]);
  const producer = makes[kind]();
  const destroyed = random.below(3) === 0;
  const count = 1 + random.below(60);
  const sends = Promise.allSettled(Array.from({ length: count }, (_, item) => producer.send(item)));
  for (let turns = random.below(10); turns > 0; turns -= 1) await turn();
  if (destroyed) producer.destroy();
  const [closed] = await Promise.allSettled([producer.close()]);
  const settled = await sends;
  const fails = destroyed || (kind === 'failing' && count > 20);
  assert.equal(closed.status, fails ? 'rejected' : 'fulfilled');
  if (!fails) assert.ok(settled.every(({ status }) => status === 'fulfilled'));
}
