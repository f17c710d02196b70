import { expect } from 'chai';
import { Deferred } from '../../../lib/core/base/deferred.js';
import { SKIP } from '../../../lib/core/protocol/pull.js';
import { map } from '../../../lib/operators/map.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { stage } from '../../../lib/streams/define.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { quiet } from '../../helpers/quiet.js';

/** Holds items until there are `size`, or its input is idle. */
function hold(size: number, log: string[] = []) {
  let held: number[] = [];
  const letGo = (): number[][] => {
    const items = held;
    held = [];
    return items.length > 0 ? [items] : [];
  };
  return stage<number, number[]>('hold', {
    map: (item) => (held.push(item) < size ? SKIP : (letGo()[0] ?? SKIP)),
    idle: () => {
      log.push('idle');
      return letGo();
    },
    end: letGo,
  });
}

/** Numbers that come in bursts; the next comes when the test says so. */
class Bursts {
  readonly #bursts = [new Deferred<readonly number[]>()];

  give(...burst: number[]): void {
    this.#bursts.at(-1)?.resolve(burst);
    this.#bursts.push(new Deferred());
  }

  async *items(): AsyncGenerator<number, void> {
    for (const { promise } of this.#bursts) {
      const burst = await promise;
      if (burst.length === 0) return;
      yield* burst;
    }
  }
}

describe('an idle pass', () => {
  it('hands over what a step holds once its input is quiet, and again after the next items', async () => {
    const bursts = new Bursts();
    const got: number[][] = [];
    const done = pipeline(
      bursts.items(),
      hold(3),
      forEach((items) => void got.push(items)),
    );
    await quiet(() => got.length);
    expect(got).to.deep.equal([]);
    bursts.give(1, 2);
    await quiet(() => got.length);
    expect(got).to.deep.equal([[1, 2]]);
    bursts.give(3, 4, 5, 6);
    await quiet(() => got.length);
    expect(got).to.deep.equal([[1, 2], [3, 4, 5], [6]]);
    bursts.give();
    await done;
    expect(got).to.have.length(3);
  });

  it('reaches steps that stand behind other steps which hold', async () => {
    const bursts = new Bursts();
    const got: unknown[] = [];
    const done = pipeline(
      bursts.items(),
      hold(9),
      map((items) => items.length),
      hold(9),
      forEach((items) => void got.push(items)),
    );
    bursts.give(1, 2);
    await quiet(() => got.length);
    expect(got).to.deep.equal([[2]]);
    bursts.give();
    await done;
  });

  it('does not come while items flow', async () => {
    const log: string[] = [];
    await pipeline(
      Array.from({ length: 10_000 }, (_, at) => at),
      hold(7, log),
      forEach(() => {}),
    );
    expect(log).to.deep.equal([]);
  });

  it('does not keep asking a step that holds nothing', async () => {
    const bursts = new Bursts();
    const log: string[] = [];
    const done = pipeline(
      bursts.items(),
      hold(3, log),
      forEach(() => {}),
    );
    bursts.give(1);
    await quiet(() => log.length);
    expect(log.length).to.be.within(1, 4);
    bursts.give();
    await done;
  });

  it('does not come while the reader of the stream takes nothing', async () => {
    const bursts = new Bursts();
    const log: string[] = [];
    const stalled = new Deferred<void>();
    const got: number[][] = [];
    const done = pipeline(
      bursts.items(),
      hold(1, log),
      forEach((items) => {
        got.push(items);
        return stalled.promise;
      }),
    );
    bursts.give(1, 2, 3);
    await quiet(() => got.length);
    const before = log.length;
    await quiet(() => log.length);
    expect(log).to.have.length(before);
    stalled.resolve();
    await quiet(() => got.length);
    expect(got).to.deep.equal([[1], [2], [3]]);
    bursts.give();
    await done;
  });
});
