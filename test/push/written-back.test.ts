import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { push } from '../../lib/push/push.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';

describe('a Producer whose consumer writes to it', () => {
  noUnhandled();

  it('takes that after the items that are uncorked meanwhile', async () => {
    for (const passes of [true, false]) {
      const items: number[] = [];
      const take = (item: number): void | Promise<void> => {
        items.push(item);
        if (item < 10) producer.write(item + 10);
        return passes ? undefined : turn();
      };
      const producer = push(take);
      producer.cork();
      for (const item of [1, 2, 3]) producer.write(item);
      producer.uncork();
      await quiet(() => items.length);
      await producer.close();
      expect(items).to.deep.equal([1, 2, 3, 11, 12, 13]);
    }
  });
});
