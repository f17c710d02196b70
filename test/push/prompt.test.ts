import { expect } from 'chai';
import { map, push } from '../../lib/index.js';
import { busy } from '../helpers/busy.js';
import { Turns } from '../helpers/turns.js';

const ITEMS = 20;

/** Longer than a time slice, so that the event loop turns behind each item. */
const SLOW_MS = 12;

/** How many turns of the event loop lie between the answer of the consumer and that of each send. */
async function turnsLate(isAsync: boolean): Promise<readonly number[]> {
  const turns = new Turns();
  const answered: number[] = [];
  const answer = (item: number): number => {
    busy(SLOW_MS);
    answered.push(turns.count);
    return item;
  };
  const same = (item: number): number => item;
  const producer = isAsync
    ? push(map(same), async (item: number) => answer(item))
    : push(map(same), answer);
  const sends = Array.from({ length: ITEMS }, async (_, item) => {
    await producer.send(item);
    return turns.count;
  });
  const heard = await Promise.all(sends);
  turns.stop();
  await producer.close();
  return heard.map((turn, item) => turn - (answered[item] ?? Number.NaN));
}

describe('push', () => {
  for (const isAsync of [false, true])
    it(`a send is answered in the turn of its ${isAsync ? 'async' : 'sync'} consumer's answer, though the time slice is over`, async () => {
      expect(await turnsLate(isAsync)).to.deep.equal(new Array(ITEMS).fill(0));
    });
});
