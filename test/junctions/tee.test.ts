import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { formatNdjson } from '../../lib/formats/format-ndjson.js';
import { tee } from '../../lib/junctions/tee.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import type { Source } from '../../lib/streams/source.js';
import { Counted } from '../helpers/counted.js';
import { kinds } from '../helpers/kinds.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

describe('tee', () => {
  noUnhandled();

  for (const [kind, make] of Object.entries(kinds)) {
    it(`tee gives every item of ${kind} to every branch`, async () => {
      const items = [1, undefined, 0, Number.NaN];
      const branches = tee(make(items), { branches: 3 });
      const results = await Promise.all(branches.map((branch) => pipeline(branch, toArray())));
      expect(results).to.deep.equal([items, items, items]);
    });

    it(`tee gives every item of ${kind} to streams in Node's pipeline`, async () => {
      const sinks = [toArray<number>(), toArray<number>()] as const;
      const [left, right] = tee(make([1, 2, 3]));
      await Promise.all([nodeRun([left, sinks[0]]), nodeRun([right, sinks[1]])]);
      expect(await sinks[0].result()).to.deep.equal([1, 2, 3]);
      expect(await sinks[1].result()).to.deep.equal([1, 2, 3]);
    });
  }

  it('tee has as many branches, of the items, as its option says', () => {
    typed<[Source<number>, Source<number>]>()(tee(range(0, 1)));
    typed<[Source<string>, Source<string>, Source<string>]>()(tee(['a'], { branches: 3 }));
    expect(tee(range(0, 1), { branches: 5 })).to.have.lengthOf(5);
    expect(tee(range(0, 1))).to.have.lengthOf(2);
  });

  for (const option of ['branches', 'buffer']) {
    for (const wrong of [0, -1, 1.5, Number.NaN, '2']) {
      refuses(
        `tee refuses ${JSON.stringify(wrong)} as ${option}`,
        () => tee(range(0, 1), { [option]: wrong as number }),
        `tee: ${option} must be an integer from 1, got ${wrong}`,
      );
    }
  }

  it('tee can be pulled synchronously, one branch up to the buffer ahead of the other', () => {
    const [left, right] = tee(range(0, 20), { buffer: 21 });
    expect([...pull(left)]).to.have.lengthOf(20);
    expect([...pull(right)]).to.deep.equal([...pull(range(0, 20))]);
  });

  for (const buffer of [1, 2, 16, 100]) {
    it(`tee lets a branch get ${buffer} items ahead of one that is slow, and no more`, async () => {
      const counted = new Counted();
      const [fast, slow] = tee(counted.items(), { buffer });
      const gates = [new Deferred<void>(), new Deferred<void>()] as const;
      let [ahead, taken] = [0, 0];
      const abort = new AbortController();
      const runs = [
        pipeline(
          fast,
          forEach(() => {
            ahead += 1;
          }),
          { signal: abort.signal },
        ),
        pipeline(
          slow,
          forEach(() => gates[taken++]?.promise ?? new Promise<void>(() => {})),
          { signal: abort.signal },
        ),
      ];
      const settled = Promise.allSettled(runs);
      // The slow branch is working on one item besides those in its buffer.
      expect(await quiet(() => ahead)).to.equal(buffer + 1);
      expect(counted.asked).to.equal(buffer + 1);
      gates[0].resolve();
      expect(await quiet(() => ahead)).to.equal(buffer + 2);
      gates[1].resolve();
      expect(await quiet(() => ahead)).to.equal(buffer + 3);
      abort.abort();
      await settled;
      expect(counted).to.deep.equal({ asked: buffer + 3, closed: true });
    });
  }

  it('tee waits for an unread branch, until it is destroyed', async () => {
    const counted = new Counted();
    const [left, right] = tee(compose(counted.items(), take(100)), { buffer: 3 });
    let seen = 0;
    const run = pipeline(
      left,
      tap(() => {
        seen += 1;
      }),
      drain(),
    );
    expect(await quiet(() => seen)).to.equal(3);
    right.destroy();
    await run;
    expect(seen).to.equal(100);
    expect(counted.closed).to.equal(true);
  });

  it('tee goes on for the others when a branch has ended early', async () => {
    const [left, right] = tee(range(0, 100), { buffer: 2 });
    const [few, all] = await Promise.all([
      pipeline(left, take(1), toArray()),
      pipeline(right, toArray()),
    ]);
    expect(few).to.deep.equal([0]);
    expect(all).to.have.lengthOf(100);
  });

  it('tee goes on for the others when a branch fails or is aborted, in their own time', async () => {
    const [failing, aborted, whole] = tee(range(0, 100), { branches: 3, buffer: 2 });
    const refuse = () => {
      throw new Error('on purpose');
    };
    const [first, second, third] = await Promise.allSettled([
      pipeline(failing, map(refuse), drain()),
      pipeline(aborted, drain(), { signal: AbortSignal.abort() }),
      pipeline(
        whole,
        map(async (x) => {
          await turn();
          return x;
        }),
        toArray(),
      ),
    ]);
    expect([first.status, second.status]).to.deep.equal(['rejected', 'rejected']);
    expect(third).to.have.property('value').with.lengthOf(100);
  });

  it('tee runs two pipelines at the pace of the slower', async () => {
    const [left, right] = tee(range(0, 1000), { buffer: 4 });
    let difference = 0;
    const count = { left: 0, right: 0 };
    const note = () => {
      difference = Math.max(difference, Math.abs(count.left - count.right));
    };
    await Promise.all([
      pipeline(
        left,
        forEach(() => {
          count.left += 1;
          note();
        }),
      ),
      pipeline(
        right,
        forEach(async () => {
          count.right += 1;
          note();
          if (count.right % 7 === 0) await turn();
        }),
      ),
    ]);
    expect(count).to.deep.equal({ left: 1000, right: 1000 });
    expect(difference).to.be.within(1, 5);
  });

  it('tee hands over what its stages hold while the input is quiet', async () => {
    const gate = new Deferred<number>();
    const [left, right] = tee(
      compose(
        (async function* () {
          yield 1;
          yield gate.promise;
        })(),
        formatNdjson(),
      ),
    );
    const streams = [new PassThrough(), new PassThrough()] as const;
    const runs = Promise.all([pipeline(left, streams[0]), pipeline(right, streams[1])]);
    const text = () => streams.map((stream) => String(stream.read() ?? '')).join('|');
    await quiet(() => streams[0].readableLength + streams[1].readableLength);
    expect(text()).to.equal('1\n|1\n');
    gate.resolve(2);
    await quiet(() => streams[0].readableLength + streams[1].readableLength);
    expect(text()).to.equal('2\n|2\n');
    for (const stream of streams) stream.resume();
    await runs;
  });
});
