import { expect } from 'chai';
import { hub } from '../../lib/junctions/hub.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

describe('push into hub', () => {
  noUnhandled();

  it('answers the array of the answers of those that are there', async () => {
    const show = (name: string) => forEach(async (x: number) => `${name} ${x}`);
    const all = hub<number>();
    const producer = push(all);
    const waiting = producer.send(1);
    const a = all.join(show('a'));
    expect(await waiting).to.deep.equal(['a 1']);
    all.join(show('b'));
    expect(await producer.send(2)).to.deep.equal(['a 2', 'b 2']);
    await a.leave();
    expect(await producer.send(3)).to.deep.equal(['b 3']);
    expect(await producer.close()).to.deep.equal({ dropped: 0 });
  });

  it('that drops answers undefined while no branch is there', async () => {
    const producer = push(hub<number>({ empty: 'drop' }));
    expect(await producer.send(1)).to.equal(undefined);
    expect(await producer.close()).to.deep.equal({ dropped: 1 });
  });

  it('rejects what waits for a branch when it is destroyed', async () => {
    const producer = push(hub<number>());
    const sends = [1, 2].map((x) => rejection(producer.send(x)));
    producer.destroy();
    for (const error of await Promise.all(sends))
      expect(error).to.have.property('code', 'ERR_SLUICE_CLOSED');
  });
});
