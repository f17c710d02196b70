import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { push } from '../../lib/push/push.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { compose } from '../../lib/streams/compose.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';
import { watched } from '../helpers/watched.js';

const sum = () => reduce((total: number, x: number) => total + x, 0);
const show = () => forEach((x: unknown) => `got ${x}`);

describe('push into broadcast', () => {
  noUnhandled();

  it("answers the array of the branches' answers, and results in the tuple", async () => {
    const producer = push(broadcast(sum(), show()));
    typed<[number | undefined, string | undefined] | undefined>()(await producer.send(1));
    expect(await producer.send(2)).to.deep.equal([3, 'got 2']);
    expect(await producer.close()).to.deep.equal([3, undefined]);
  });

  it('answers what its answer option makes of them', async () => {
    const answer = ([total, text]: [number | undefined, string | undefined]) =>
      `${text} of ${total}`;
    const producer = push(broadcast(sum(), show(), { answer }));
    typed<string | undefined>()(await producer.send(1));
    expect(await producer.send(2)).to.equal('got 2 of 3');
  });

  it('answers what its answer option promises, before it closes', async () => {
    const answer = async ([total]: [number | undefined]) => {
      await turn();
      return `a total of ${total}`;
    };
    const producer = push(broadcast(sum(), { answer }));
    const answers = [1, 2].map((x) => producer.send(x));
    expect(await producer.close()).to.deep.equal([3]);
    expect(await Promise.all(answers)).to.deep.equal(['a total of 1', 'a total of 3']);
  });

  const broken = new Error('broken on purpose');
  const failing = {
    throws: () => {
      throw broken;
    },
    rejects: async () => {
      await turn();
      throw broken;
    },
  };
  for (const [how, answer] of Object.entries(failing)) {
    it(`fails by name when its answer option ${how}`, async () => {
      const producer = push(broadcast(sum(), show(), { answer }));
      const sends = [7, 8].map((x) => producer.send(x));
      const error = await stageFailure(sends[0] as Promise<unknown>);
      expect(error.message).to.match(/^broadcast .*failed on item 0: broken on purpose$/);
      expect(error).to.include({ cause: broken, index: 0, item: 7 });
      expect(await rejection(sends[1] as Promise<unknown>)).to.equal(error);
      expect(await rejection(producer.close())).to.equal(error);
    });
  }

  it('answers an array of its own for each of several items', async () => {
    const producer = push(broadcast(sum(), show(), { buffer: 1 }));
    const answers = await Promise.all([1, 2, 3].map((x) => producer.send(x)));
    expect(answers).to.deep.equal([
      [1, 'got 1'],
      [3, 'got 2'],
      [6, 'got 3'],
    ]);
  });

  it('answers when the slowest branch has, with undefined for one that drops the item', async () => {
    const gate = new Deferred<string>();
    const producer = push(
      broadcast(
        forEach(() => gate.promise),
        compose(
          filter((x: number) => x > 1),
          show(),
        ),
      ),
    );
    const send = watched(producer.send(1));
    expect(await quiet(() => send.state)).to.equal('pending');
    gate.resolve('slow');
    await quiet(() => send.state);
    expect(send.value).to.deep.equal(['slow', undefined]);
    expect(await producer.send(2)).to.deep.equal(['slow', 'got 2']);
  });

  it('answers undefined for a branch that has ended early, or a stream', async () => {
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => setImmediate(done) });
    const producer = push(broadcast(first<number>(), stream, show()));
    for (const x of [1, 2]) {
      expect(await producer.send(x)).to.deep.equal([undefined, undefined, `got ${x}`]);
    }
    expect(await producer.close()).to.deep.equal([1, undefined, undefined]);
  });

  it('answers an item that a branch holds when it is let go there', async () => {
    const producer = push(broadcast(compose(batch<number>(2), show()), sum()));
    const sends = [1, 2, 3].map((x) => watched(producer.send(x)));
    await quiet(() => sends.filter(({ state }) => state === 'resolved').length);
    expect(sends.map(({ state }) => state)).to.deep.equal(['resolved', 'resolved', 'pending']);
    await producer.close();
    expect(sends.map(({ value }) => value)).to.deep.equal([
      ['got 1,2', 1],
      ['got 1,2', 3],
      ['got 3', 6],
    ]);
  });

  it('answers through stages before it: the last of several, the one of what is held', async () => {
    const spread = push(
      flatMap((x: number) => [x, x * 10]),
      broadcast(sum(), show()),
    );
    expect(await spread.send(1)).to.deep.equal([11, 'got 10']);
    const held = push(batch<number>(2), broadcast(show(), show()));
    const same = ['got 1,2', 'got 1,2'];
    expect(await Promise.all([1, 2].map((x) => held.send(x)))).to.deep.equal([same, same]);
  });

  it('answers through a broadcast in a broadcast', async () => {
    const inner = broadcast(
      compose(
        map(async (x: number) => turn(x * 2)),
        show(),
      ),
      sum(),
    );
    const producer = push(broadcast(inner, show()));
    expect(await producer.send(1)).to.deep.equal([['got 2', 1], 'got 1']);
    expect(await producer.close()).to.deep.equal([[undefined, 1], undefined]);
  });

  it('rejects every send when a branch fails, by the name of its stage', async () => {
    const cause = new Error('branch failed on purpose');
    const refuse = (x: number) => {
      if (x === 2) throw cause;
      return x;
    };
    const stuck = forEach((x: number) => (x === 1 ? x : new Promise<never>(() => {})));
    const producer = push(broadcast(stuck, compose(map(refuse), show())));
    const sends = [1, 2, 3].map((x) => producer.send(x));
    expect(await sends[0]).to.deep.equal([1, 'got 1']);
    const error = await stageFailure(sends[1] as Promise<unknown>);
    expect(error).to.include({ cause });
    expect(error.stage).to.deep.equal({
      name: 'map(refuse)',
      position: 1,
      within: { stage: { name: 'broadcast', position: 1 }, side: 'branch', at: 1 },
    });
    expect(await rejection(sends[2] as Promise<unknown>)).to.equal(error);
    expect(await rejection(producer.close())).to.equal(error);
  });

  it('rejects what a branch has not answered when the producer is destroyed', async () => {
    const producer = push(
      broadcast(
        show(),
        forEach(() => new Promise(() => {})),
      ),
    );
    const sends = [1, 2].map((x) => rejection(producer.send(x)));
    producer.destroy();
    for (const error of await Promise.all(sends))
      expect(error).to.have.property('code', 'ERR_SLUICE_CLOSED');
  });

  it('rejects what comes when all branches have ended early', async () => {
    const producer = push(broadcast(first<number>(), first<number>()));
    expect(await producer.send(1)).to.deep.equal([undefined, undefined]);
    await quiet(() => 0);
    expect(await rejection(producer.send(2))).to.have.property('code', 'ERR_SLUICE_CLOSED');
    expect(await producer.close()).to.deep.equal([1, 1]);
  });
});
