import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { buffer } from '../../lib/operators/buffer.js';
import { push } from '../../lib/push/push.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { stageFailure } from '../helpers/rejection.js';
import { slowSink } from '../helpers/slow-sink.js';

const cause = new Error('broken on purpose');

describe('a buffer without room', () => {
  noUnhandled();

  for (const [when, kept, lost] of [
    ['drop-oldest', [0, 8, 9], [1, 2, 3, 4, 5, 6, 7]],
    ['drop-newest', [0, 1, 2], [3, 4, 5, 6, 7, 8, 9]],
  ] as const) {
    it(`buffer({ when: '${when}' }) drops what has no room, and tells onDrop of each`, async () => {
      const dropped: number[] = [];
      const { sink, taken, go } = slowSink<number>();
      const input = new ByHand<number>();
      const stage = buffer<number>({ size: 2, when, onDrop: (item) => dropped.push(item) });
      const run = pipeline(input, stage, sink);
      input.give(...Array(10).keys());
      input.end();
      await quiet(() => dropped.length);
      go();
      await run;
      expect(taken).to.deep.equal(kept);
      expect(dropped).to.deep.equal(lost);
    });

    it(`buffer({ when: '${when}' }) never holds back its source`, async () => {
      let given = 0;
      const { sink, taken, go } = slowSink<number>();
      const numbers = function* () {
        for (; given < 100_000; given += 1) yield given;
      };
      const run = pipeline(numbers(), buffer({ size: 2, when }), sink);
      await quiet(() => given);
      expect(given).to.equal(100_000);
      go();
      await run;
      expect(taken).to.have.lengthOf(3);
    });

    it(`buffer({ when: '${when}' }) answers a send of a dropped item with undefined, in push`, async () => {
      const gate = new Deferred<void>();
      const dropped: string[] = [];
      const producer = push(
        buffer<string>({ size: 1, when, onDrop: (item) => dropped.push(item) }),
        async (item) => {
          await gate.promise;
          return `got ${item}`;
        },
      );
      const sent = ['a', 'b', 'c'].map((item) => producer.send(item));
      await quiet(() => dropped.length);
      expect(dropped).to.have.lengthOf(1);
      const [lostItem] = dropped as [string];
      expect(await sent[['a', 'b', 'c'].indexOf(lostItem)]).to.equal(undefined);
      gate.resolve();
      expect(await Promise.all(sent)).to.deep.equal(
        ['a', 'b', 'c'].map((item) => (item === lostItem ? undefined : `got ${item}`)),
      );
      await producer.close();
    });

    for (const [how, fail] of [
      [
        'throws',
        () => {
          throw cause;
        },
      ],
      ['rejects', () => Promise.reject(cause)],
    ] as const) {
      it(`buffer({ when: '${when}' }) fails, naming itself and the item, when onDrop ${how}`, async () => {
        const { sink } = slowSink<string>();
        const input = new ByHand<string>();
        const run = pipeline(input, buffer({ size: 1, when, onDrop: fail }), sink);
        input.give('a', 'b', 'c');
        const error = await stageFailure(run);
        expect(error.stage).to.deep.equal({ name: 'buffer', position: 1 });
        expect(error.cause).to.equal(cause);
        expect(error.item).to.equal(when === 'drop-newest' ? 'c' : 'b');
        expect(input.closed).to.equal(true);
      });
    }

    it(`buffer({ when: '${when}' }) waits for a promise of onDrop before it reads on`, async () => {
      const gates: Deferred<void>[] = [];
      const onDrop = () => {
        const gate = new Deferred<void>();
        gates.push(gate);
        return gate.promise;
      };
      const { sink, go } = slowSink<number>();
      const counted = new Counted();
      const controller = new AbortController();
      const stage = buffer<number>({ size: 1, when, onDrop });
      const run = pipeline(counted.items(), stage, sink, { stop: controller.signal });
      await quiet(() => gates.length);
      expect(gates).to.have.lengthOf(1);
      gates[0]?.resolve();
      await quiet(() => gates.length);
      expect(gates).to.have.lengthOf(2);
      controller.abort();
      gates[1]?.resolve();
      go();
      await run;
    });
  }
});
