import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { batch } from '../../lib/operators/batch.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { takeWhile } from '../../lib/operators/take-while.js';
import { push } from '../../lib/push/push.js';
import { first } from '../../lib/sinks/first.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';
import { watched } from '../helpers/watched.js';

const closed = (error: unknown) =>
  expect(error).to.include({ name: 'ClosedError', code: 'ERR_SLUICE_CLOSED' });

describe('a send that comes late, or too many', () => {
  noUnhandled();

  it('is answered if it comes before close, and rejected after', async () => {
    const producer = push(batch<number>(2), async (items) => {
      await turn();
      return items.length;
    });
    const sends = [1, 2, 3].map((x) => producer.send(x));
    const closes = [producer.close(), producer.close()];
    closed(await rejection(producer.send(4)));
    expect(await Promise.all(sends)).to.deep.equal([2, 2, 1]);
    expect(await Promise.all(closes)).to.deep.equal([undefined, undefined]);
    closed(await rejection(producer.send(5)));
  });

  it('is rejected when the pipeline has ended early before taking it', async () => {
    for (const producer of [
      push(take<number>(2), (x) => x * 10),
      push(
        take<number>(2),
        map(async (x: number) => turn(x)),
        (x) => x * 10,
      ),
    ]) {
      const sends = [1, 2, 3, 4].map((x) => watched(producer.send(x)));
      await quiet(() => sends.filter(({ state }) => state !== 'pending').length);
      expect(sends.slice(0, 2)).to.deep.equal([
        { state: 'resolved', value: 10 },
        { state: 'resolved', value: 20 },
      ]);
      for (const { state, value } of sends.slice(2)) {
        expect(state).to.equal('rejected');
        closed(value);
      }
      closed(await rejection(producer.send(5)));
      expect(await producer.close()).to.equal(undefined);
    }
  });

  it('is answered undefined when it is the item that ends the pipeline', async () => {
    const producer = push(
      takeWhile((x: number) => x < 2),
      (x) => x,
    );
    const sends = [1, 2, 3].map((x) => watched(producer.send(x)));
    await producer.close();
    expect(sends.map(({ state }) => state)).to.deep.equal(['resolved', 'resolved', 'rejected']);
    expect(sends[1]?.value).to.equal(undefined);
  });

  it('is answered when it is held before a stage that ends early', async () => {
    const producer = push(take<number>(1), batch(3), (items) => items.length);
    expect(await producer.send(1)).to.equal(1);
    closed(await rejection(producer.send(2)));
  });

  it('is rejected once a sink that has its result has closed', async () => {
    const producer = push(first<number>());
    expect(await producer.send(7)).to.equal(undefined);
    closed(await rejection(producer.send(8)));
    expect(await producer.close()).to.equal(7);
  });

  it('is rejected when too many wait, and taken again when they do not', async () => {
    const gates: Deferred<string>[] = [];
    const consumer = () => {
      const gate = new Deferred<string>();
      gates.push(gate);
      return gate.promise;
    };
    const producer = push(consumer, { backlog: 2 });
    // One is with the consumer, two wait.
    const sends = [1, 2, 3].map((x) => producer.send(x));
    expect(await rejection(producer.send(4))).to.include({
      name: 'BacklogError',
      code: 'ERR_SLUICE_BACKLOG',
    });
    gates[0]?.resolve('first');
    expect(await sends[0]).to.equal('first');
    sends.push(producer.send(5));
    expect(await rejection(producer.send(6))).to.have.property('code', 'ERR_SLUICE_BACKLOG');
    for (let at = 1; at < 4; at += 1) {
      gates[at]?.resolve('more');
      await sends[at];
    }
    expect(gates).to.have.lengthOf(4);
    await producer.close();
  });

  it('is rejected when more than 1024 wait', async () => {
    const producer = push(new Stalled());
    const sends = Array.from({ length: 1026 }, (_, x) => watched(producer.send(x)));
    await quiet(() => 0);
    const rejected = sends.filter(({ state }) => state === 'rejected');
    // The stream has taken one; one more than the bound is left.
    expect(rejected).to.have.lengthOf(1);
    expect(sends.indexOf(rejected[0] as (typeof sends)[0])).to.equal(1025);
    producer.destroy();
    await quiet(() => sends.filter(({ state }) => state === 'pending').length);
    expect(sends.filter(({ state }) => state === 'pending')).to.deep.equal([]);
  });
});
