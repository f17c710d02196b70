import { once } from 'node:events';
import { expect } from 'chai';
import { StageError, StallError } from '../../lib/core/base/errors.js';
import {
  flatMap,
  forEach,
  map,
  pull,
  push,
  range,
  type Stage,
  scan,
  tap,
} from '../../lib/index.js';
import { compiledAfter } from '../helpers/compiled.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

const twice = (x: number): number[] => [x, x];
const same = (x: number): number => x;
const add = (sum: number, x: number): number => sum + x;

function writeAll(stage: Stage<number, number>, items: readonly number[]): void {
  for (const item of items) stage.write(item);
}

/** What a call throws. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return expect.fail('did not throw');
}

describe('a callback that uses what it runs in', () => {
  noUnhandled();

  /** Chains that call `look` at each item: what is in hand then differs. */
  const chains: Record<string, (look: (item: number) => void) => IterableIterator<number>> = {
    'behind flatMap': (look) => pull(range(0, 9), flatMap(twice), tap(look)),
    'of flatMap': (look) => {
      const looks = (x: number) => {
        look(x);
        return twice(x);
      };
      return pull(range(0, 9), flatMap(looks), map(same));
    },
    'in front of scan': (look) => pull(range(0, 9), tap(look), scan(add, 0)),
    'of scan': (look) => {
      const looks = (sum: number, x: number) => {
        look(x);
        return sum + x;
      };
      return pull(range(0, 9), flatMap(twice), scan(looks, 0));
    },
    'of a pull within': (look) => pull(pull(range(0, 9), tap(look)), flatMap(twice)),
    'of its source': (look) => {
      const items = function* () {
        for (let item = 0; item < 9; item += 1) {
          look(item);
          yield item;
        }
      };
      return pull(items, flatMap(twice));
    },
  };
  for (const [where, chain] of Object.entries(chains)) {
    for (const after of [0, 3, Number.POSITIVE_INFINITY]) {
      it(`refuses next() and return() to a callback ${where}, and loses nothing (compiled after ${after})`, async () => {
        await compiledAfter(after, () => {
          const whole = [...chain(() => {})];
          const refused: unknown[] = [];
          const items: IterableIterator<number> = chain((item) => {
            if (item !== 5) return;
            refused.push(thrown(() => items.next()));
            refused.push(thrown(() => items.return?.()));
          });
          expect([...items]).to.deep.equal(whole);
          expect(refused).to.have.length.of.at.least(2);
          for (const error of refused)
            expect(error).to.be.instanceOf(StallError).that.includes({ code: 'ERR_SLUICE_STALL' });
        });
      });

      it(`fails and closes its source when a callback ${where} lets that pass (compiled after ${after})`, async () => {
        await compiledAfter(after, () => {
          const items: IterableIterator<number> = chain((item) => {
            if (item === 5) items.next();
          });
          const error = thrown(() => [...items]) as StageError;
          expect(error).to.be.instanceOf(StageError);
          expect(error.cause).to.be.instanceOf(StallError);
          expect(items.next().done).to.equal(true);
        });
      });
    }
  }

  /** Stages that call `look` at each item. */
  type Look = (item: number) => void;
  const stages: Record<string, (look: Look) => Stage<number, number>> = {
    map: (look) =>
      map((x: number) => {
        look(x);
        return x;
      }),
    tap: (look) => tap(look),
    flatMap: (look) =>
      flatMap((x: number) => {
        look(x);
        return [x, -x];
      }),
  };
  for (const [name, make] of Object.entries(stages)) {
    for (const after of [0, 3, Number.POSITIVE_INFINITY]) {
      it(`may write to its own ${name}: those items come next (compiled after ${after})`, async () => {
        await compiledAfter(after, async () => {
          const stage: Stage<number, number> = make((item) => {
            if (item === 5) writeAll(stage, [100, 101]);
          });
          const items: number[] = [];
          stage.on('data', (item: number) => items.push(Math.abs(item)));
          writeAll(stage, [1, 2, 3, 4, 5, 6, 7, 8]);
          stage.end();
          await once(stage, 'end');
          expect([...new Set(items)]).to.deep.equal([1, 2, 3, 4, 5, 100, 101, 6, 7, 8]);
        });
      });

      it(`may read its own ${name}: each item comes once (compiled after ${after})`, async () => {
        await compiledAfter(after, async () => {
          const read = async (looks: boolean) => {
            const items: number[] = [];
            const take = (): void => {
              for (let item = stage.read(); item !== null; item = stage.read()) items.push(item);
            };
            const stage: Stage<number, number> = make((item) => {
              if (looks && item % 3 === 0) take();
            });
            stage.on('readable', take);
            for (let item = 1; item < 99; item += 1) stage.write(item);
            stage.end();
            await once(stage, 'end');
            return items;
          };
          expect(await read(true)).to.deep.equal(await read(false));
        });
      });
    }
  }

  for (const after of [0, 3, Number.POSITIVE_INFINITY]) {
    it(`may send to its own producer: those items come after what was sent (compiled after ${after})`, async () => {
      await compiledAfter(after, async () => {
        const seen: number[] = [];
        const sends: Promise<unknown>[] = [];
        const producer = push(
          map((x: number) => {
            if (x === 5) sends.push(producer.send(100), producer.send(101));
            return x;
          }),
          flatMap(twice),
          forEach((x) => seen.push(x)),
        );
        for (let item = 0; item < 9; item += 1) sends.push(producer.send(item));
        await Promise.all(sends);
        await producer.close();
        expect(seen).to.have.lengthOf(22);
        expect(new Set(seen)).to.deep.equal(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 101]));
      });
    });
  }
});
