import { expect } from 'chai';
import { balance } from '../../lib/junctions/balance.js';
import { branch } from '../../lib/junctions/branch.js';
import { batch } from '../../lib/operators/batch.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { sinkGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

describe('balance', () => {
  noUnhandled();
  const cause = new Error('on purpose');

  sinkGives(
    'balance gives items in turn to branches that are all free',
    [1, 2, 3, 4, 5],
    () => balance(toArray<number>(), toArray<number>(), toArray<number>()),
    [[1, 4], [2, 5], [3]],
  );
  sinkGives(
    'balance takes an async function among its sinks',
    [1, 2],
    () =>
      balance(async (items: AsyncIterable<number>) => {
        let sum = 0;
        for await (const item of items) sum += item;
        return sum;
      }),
    [3],
  );

  refuses(
    'balance without a sink is refused',
    () => balance({} as never),
    'balance: needs at least',
  );
  refuses(
    'balance refuses -1 as buffer',
    () => balance(toArray(), { buffer: -1 }),
    'balance: buffer must be an integer from 0, got -1',
  );

  it('balance gives an item to the branch that is free, and asks for none while none is', async () => {
    const counted = new Counted();
    const [slow, quick] = [new Gated(), new Gated()];
    const run = pipeline(counted.items(), take(6), balance(slow.sink, quick.sink));
    expect(await quiet(() => counted.asked)).to.equal(2);
    for (const asked of [3, 4, 5]) {
      await quick.next();
      expect(counted.asked).to.equal(asked);
    }
    expect([slow.begun, quick.begun]).to.deep.equal([[0], [1, 2, 3, 4]]);
    await slow.next();
    expect(slow.begun).to.deep.equal([0, 5]);
    await slow.finish(quick.finish(run));
  });

  it('balance lets buffer items wait at each branch, and no more', async () => {
    const counted = new Counted();
    const gates = [new Gated(), new Gated()] as const;
    const sink = balance(gates[0].sink, gates[1].sink, { buffer: 2 });
    const run = pipeline(counted.items(), take(20), sink);
    expect(await quiet(() => counted.asked)).to.equal(2 * (1 + 2));
    await gates[0].next();
    expect(counted.asked).to.equal(7);
    await gates[0].finish(gates[1].finish(run));
    const all = gates.flatMap(({ begun }) => begun);
    expect(all.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, at) => at));
  });

  it('balance counts what the policy of a branch lets wait there, and drops nothing', async () => {
    const counted = new Counted();
    const gated = new Gated();
    const sink = balance(branch(gated.sink, { when: 'drop-oldest', buffer: 3 }));
    const run = pipeline(counted.items(), take(9), sink);
    expect(await quiet(() => counted.asked)).to.equal(1 + 3);
    const [record] = await gated.finish(run);
    expect(record).to.deep.equal({ status: 'fulfilled', value: undefined, dropped: 0 });
    expect(gated.begun).to.have.lengthOf(9);
  });

  it('balance leaves the share of a branch that has ended early to the others', async () => {
    const items = [1, 2, 3, 4, 5];
    const results = await pipeline(items, balance(first<number>(), toArray<number>()));
    expect(results).to.deep.equal([1, [2, 3, 4, 5]]);
  });

  it('balance gives a branch that is detached no more, and the others all the rest', async () => {
    const failing = forEach((x: number) => {
      if (x === 2) throw cause;
    });
    const sink = balance(toArray<number>(), branch(failing, { onError: 'detach' }));
    const [rest, record] = await pipeline([1, 2, 3, 4], sink);
    expect(rest).to.deep.equal([1, 3, 4]);
    expect(record).to.include({ status: 'rejected', dropped: 0 });
  });

  it('balance fails when a branch fails, and closes the others and the source', async () => {
    const counted = new Counted();
    const stuck = new Stalled();
    const refuse = (x: number) => {
      if (x > 2) throw cause;
      return x;
    };
    const run = pipeline(counted.later(), balance(stuck, compose(map(refuse), drain())));
    const error = await stageFailure(run);
    expect(error.stage).to.deep.equal({
      name: 'map(refuse)',
      position: 1,
      within: { stage: { name: 'balance', position: 1 }, side: 'branch', at: 1 },
    });
    expect([stuck.closed, counted.closed]).to.deep.equal([true, true]);
  });

  it('balance aborts while no branch is free', async () => {
    const counted = new Counted();
    const abort = new AbortController();
    const gated = new Gated();
    const run = rejection(pipeline(counted.items(), balance(gated.sink), { signal: abort.signal }));
    await quiet(() => counted.asked);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });

  it('balance stops gracefully: what the branches have is finished', async () => {
    const stop = new AbortController();
    const [a, b] = [new Gated(), new Gated()];
    const counted = new Counted();
    const run = pipeline(counted.items(), balance(a.sink, b.sink), { stop: stop.signal });
    await quiet(() => counted.asked);
    stop.abort();
    await a.finish(b.finish(run));
    expect(a.begun.length + b.begun.length).to.equal(counted.asked);
    expect(counted.closed).to.equal(true);
  });

  it('push into balance answers with the answer of the branch that got the item', async () => {
    const show = (name: string) => forEach((x: number) => `${name} got ${x}`);
    const producer = push(balance(show('a'), show('b')));
    const answers = await Promise.all([1, 2, 3].map((x) => producer.send(x)));
    expect(answers).to.deep.equal(['a got 1', 'b got 2', 'a got 3']);
    expect(await producer.close()).to.deep.equal([undefined, undefined]);
  });

  it('push into balance answers an item that a branch holds when it is let go there', async () => {
    const held = compose(
      batch<number>(2),
      forEach((items: number[]) => items.join('+')),
    );
    const producer = push(balance(held));
    const sends = [1, 2, 3].map((x) => producer.send(x));
    expect(await Promise.all(sends.slice(0, 2))).to.deep.equal(['1+2', '1+2']);
    await producer.close();
    expect(await sends[2]).to.equal('3');
  });

  it('push into balance rejects what no branch took when all have ended early', async () => {
    const producer = push(balance(first<number>(), first<number>()));
    const sends = [1, 2, 3].map((x) => producer.send(x));
    expect(await Promise.all(sends.slice(0, 2))).to.deep.equal([undefined, undefined]);
    expect(await rejection(sends[2]!)).to.have.property('code', 'ERR_SLUICE_CLOSED');
    expect(await producer.close()).to.deep.equal([1, 2]);
  });
});
