import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { buffer } from '../../lib/operators/buffer.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { stageGivesLater } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { slowSink } from '../helpers/slow-sink.js';
import { typed } from '../helpers/typed.js';

const cause = new Error('broken on purpose');

describe('buffer', () => {
  noUnhandled();

  stageGivesLater(
    'buffer({ size }) gives every item',
    [1, 2, 3],
    () => buffer({ size: 2 }),
    [1, 2, 3],
  );
  stageGivesLater(
    'buffer({ size: 1 }) gives every item',
    [1, 2, 3],
    () => buffer({ size: 1 }),
    [1, 2, 3],
  );
  stageGivesLater('buffer of nothing gives nothing', [], () => buffer({ size: 2 }), []);
  stageGivesLater(
    'buffer({ size }) gives every item that was held when its input ended',
    [1, 2, 3],
    () => buffer({ size: 9, when: 'drop-oldest' }),
    [1, 2, 3],
  );

  it('buffer({ size }) reads on while the reader is busy, until it holds size items', async () => {
    const counted = new Counted();
    const { sink, taken, go } = slowSink<number>();
    const controller = new AbortController();
    const run = pipeline(counted.items(), buffer({ size: 5 }), sink, { stop: controller.signal });
    await quiet(() => counted.asked);
    expect(taken).to.deep.equal([0]);
    expect(counted.asked).to.be.within(5, 6);
    controller.abort();
    go();
    await run;
    expect(taken).to.deep.equal([...Array(counted.asked).keys()]);
    expect(counted.closed).to.equal(true);
  });

  it('buffer({ size }) lets both sides work at the same time', async () => {
    let working = 0;
    let most = 0;
    const work = async <T>(item: T): Promise<T> => {
      working += 1;
      most = Math.max(most, working);
      await turn();
      await turn();
      working -= 1;
      return item;
    };
    const items = await pipeline(
      range(0, 20),
      map(work),
      buffer({ size: 2 }),
      map(work),
      toArray(),
    );
    expect(items).to.deep.equal([...Array(20).keys()]);
    expect(most).to.equal(2);
  });

  it('buffer reads nothing before something is wanted', async () => {
    const counted = new Counted();
    const stage = buffer<number>({ size: 5 });
    const items = pipeline(counted.items(), stage, take(1), toArray());
    expect(await items).to.deep.equal([0]);
    expect(counted.asked).to.be.within(1, 6);
    expect(counted.closed).to.equal(true);
  });

  it('buffer answers each send when its item has been taken, in push', async () => {
    const producer = push(buffer<number>({ size: 2 }), async (item) => {
      await turn();
      return item * 10;
    });
    const sent = [1, 2, 3, 4, 5].map((item) => producer.send(item));
    expect(await Promise.all(sent)).to.deep.equal([10, 20, 30, 40, 50]);
    await producer.close();
  });

  it('buffer rejects what is sent and held when the consumer fails, in push', async () => {
    const producer = push(buffer<number>({ size: 2 }), () => Promise.reject(cause));
    const sent = [1, 2, 3].map((item) => rejection(producer.send(item)));
    for (const error of await Promise.all(sent)) expect(error).to.have.property('cause', cause);
  });

  it('buffer fails at once when its input does, though the reader is busy', async () => {
    const input = new ByHand<number>();
    const { sink } = slowSink<number>();
    const run = pipeline(input, buffer({ size: 4 }), sink);
    input.give(1, 2);
    await turn();
    input.fail(cause);
    const error = await stageFailure(run);
    expect(error.cause).to.equal(cause);
    expect(error.stage.name).to.equal('from');
  });

  it('buffer fails with what a callback upstream throws, by its name and item', async () => {
    const fail = (item: number) => {
      if (item === 2) throw cause;
      return item;
    };
    const error = await stageFailure(
      pipeline(range(0, 5), map(fail), buffer({ size: 1 }), toArray()),
    );
    expect(error.stage).to.deep.equal({ name: 'map(fail)', position: 1 });
    expect(error).to.include({ index: 2, item: 2, cause });
  });

  it('buffer closes its input when the reader has enough', async () => {
    const counted = new Counted();
    const items = await pipeline(counted.later(), buffer({ size: 3 }), take(4), toArray());
    expect(items).to.deep.equal([0, 1, 2, 3]);
    expect(counted.closed).to.equal(true);
  });

  it('buffer leaves an early end upstream of it a success, whose callbacks are told', async () => {
    const signals: AbortSignal[] = [];
    const note = map((item: number, { signal }) => {
      signals.push(signal);
      return item;
    });
    const items = await pipeline(range(0, 100), note, take(3), buffer({ size: 9 }), toArray());
    expect(items).to.deep.equal([0, 1, 2]);
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, true, true]);
  });

  it('two buffers in one pipeline give every item in order', async () => {
    const stages = [buffer({ size: 3 }), map(async (x: unknown) => x), buffer({ size: 1 })];
    expect(await pipeline([range(0, 1000), ...stages, toArray()])).to.deep.equal([
      ...Array(1000).keys(),
    ]);
  });

  it('buffer is refused by pull at once, as it can not wait', () => {
    expect(() => pull(range(0, 1), buffer({ size: 9 })).next())
      .to.throw()
      .with.nested.property('cause.code', 'ERR_SLUICE_ASYNC');
  });

  for (const size of [0, 1.5, undefined as never]) {
    refuses(
      `buffer({ size: ${size} }) is refused at the call`,
      () => buffer({ size }),
      `buffer: size must be an integer from 1, got ${size}`,
    );
  }
  refuses(
    'buffer refuses a policy it does not know',
    () => buffer({ size: 1, when: 'drop' as never }),
    "buffer: when must be one of 'block', 'drop-oldest', 'drop-newest', got drop",
  );
  refuses(
    'buffer refuses an onDrop that is no function',
    () => buffer({ size: 1, onDrop: 5 as never }),
    'buffer: onDrop must be a function, got number',
  );

  goesByName('buffer', (options) => [[1], buffer({ size: 1, ...options }), toArray()]);

  it('buffer infers its items', async () => {
    typed<number[]>()(
      await pipeline(
        range(0, 3),
        buffer({ size: 5, when: 'drop-oldest', onDrop: (item) => typed<number>()(item) }),
        toArray(),
      ),
    );
  });
});
