import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { WAIT } from '../../../lib/core/protocol/pull.js';
import { Inbox } from '../../../lib/core/pulls/inbox.js';
import { broadcast } from '../../../lib/junctions/broadcast.js';
import { filter } from '../../../lib/operators/filter.js';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { map } from '../../../lib/operators/map.js';
import { take } from '../../../lib/operators/take.js';
import { tap } from '../../../lib/operators/tap.js';
import { drain } from '../../../lib/sinks/drain.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { range } from '../../../lib/sources/range.js';
import { compose } from '../../../lib/streams/compose.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { type Note, sameEitherWay } from '../../helpers/account.js';
import { compiledAfter } from '../../helpers/compiled.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { fails } from '../../helpers/odd-item.js';

const mine = Symbol('mine');

const arrays: Record<string, () => unknown[]> = {
  'an array of numbers': () => [0, -1, 0.5, Number.NaN],
  'no array item at all': () => [],
  'objects and what looks like a promise': () => [{ a: 1 }, { then: 'later' }, [], new Date(0)],
  'promises among the items': () => [1, Promise.resolve(2), turn(3), 4, Promise.resolve(5), 6],
  'a promise last': () => [1, 2, Promise.resolve(3)],
  'a rejection': () => [1, 2, Promise.reject(new Error('broken on purpose')), 4],
  'null among the items': () => [1, 2, null, 4],
  'a promise of null': () => [1, 2, Promise.resolve(null), 4],
  'symbols, holes and undefined': () => Object.assign([1, mine, undefined], { 4: 5, 5: mine }),
};

describe('a source that is read in place', () => {
  noUnhandled();

  for (const [what, make] of Object.entries(arrays)) {
    const stages: Record<string, (note: Note) => unknown[]> = {
      'as it is': (note) => [tap((x) => note(x))],
      'through what expands': (note) => [flatMap((x) => [x, 'too']), tap((x) => note(x))],
      'as far as is wanted': (note) => [tap((x) => note(x)), take(3)],
    };
    for (const [how, stagesOf] of Object.entries(stages)) {
      it(`gives the same as a plain pull: ${what}, ${how}`, async () => {
        await sameEitherWay((note) => pipeline([make(), ...stagesOf(note), toArray()] as never));
      });
    }
  }

  it('is read as it is by then, when it grows or shrinks meanwhile', async () => {
    for (const change of [(all: number[]) => all.push(9), (all: number[]) => all.pop()])
      await sameEitherWay((note) => {
        const all = [1, 2, 3, 4, 5, 6];
        const once = map((x: number) => {
          note(x);
          if (x === 3) change(all);
          return x;
        });
        return pipeline(all, once, toArray());
      });
  });

  it('gives symbols of the user as items, wherever they come from', async () => {
    const symbols = [mine, Symbol.iterator, mine];
    const { result } = await sameEitherWay((note) =>
      pipeline(
        new Set([...symbols, 1, Symbol.asyncIterator, 2]),
        tap((x) => note(x)),
        map((x) => x),
        flatMap((x) => [x]),
        toArray(),
      ),
    );
    expect(result).to.deep.equal([mine, Symbol.iterator, 1, Symbol.asyncIterator, 2]);
  });

  it('counts its items the same in what is said of a failure', async () => {
    const { error } = await sameEitherWay((note) => {
      const failing = forEach((x: number) => {
        note(x);
        if (x === 30) throw new Error('broken on purpose');
      });
      return pipeline(range(0, 99, { step: 5 }), failing);
    });
    expect(error).to.include({ index: 6, item: 30 });
  });

  it('gives branches all that they are handed together, in order', async () => {
    const { result } = await sameEitherWay((note) => {
      const noted = (name: string) => forEach((x: number) => note(name, x));
      const odd = map<number, unknown>((x) => (x % 100 === 7 ? Promise.resolve(x) : x));
      return pipeline(range(0, 700), broadcast(noted('one'), toArray(), compose(odd, toArray())));
    });
    const all = Array.from({ length: 700 }, (_, x) => x);
    expect((result as unknown[]).slice(1)).to.deep.equal([all, all]);
  });

  it('loses nothing when more comes to a branch while its own callback is at work', async () => {
    const ways = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 40, maxLength: 40 });
    const size = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(ways, ways, size, fc.nat(39), async (one, other, buffer, stopAt) => {
        const now = (way: number | undefined, x: number): number | Promise<number> => {
          if (way === 0) return Promise.resolve(x);
          return way === 1 ? turn(x) : x;
        };
        const stopping = new AbortController();
        const stopped = map((x: number) => {
          // What has come in is still handed to the branches, from within this call.
          if (x === stopAt) stopping.abort();
          return now(one[x], x);
        });
        const slow = map((x: number) => now(other[x], x));
        const [a, b] = await compiledAfter(0, () =>
          pipeline(
            [0],
            flatMap(() => one.keys()),
            broadcast(compose(stopped, toArray()), compose(slow, toArray()), { buffer }),
            { stop: stopping.signal },
          ),
        );
        expect([a, b]).to.deep.equal([[...one.keys()], [...one.keys()]]);
      }),
      { numRuns: 200 },
    );
  });

  it('reads an item of an array once', async () => {
    for (const answer of [() => Promise.resolve(5), () => null, () => 5, () => fails()])
      await sameEitherWay((note) => {
        const all = [0, 1, 2, 3, 4];
        const get = (): unknown => {
          note('read');
          return answer();
        };
        Object.defineProperty(all, 3, { get });
        return pipeline(all, toArray());
      });
  });

  it('asks for nothing more once the run is aborted from within', async () => {
    const { log } = await sameEitherWay((note) => {
      const giveUp = new AbortController();
      const noted = tap((x: number) => {
        note(x);
        if (x === 3) giveUp.abort();
      });
      const none = filter(() => false);
      return pipeline(range(0, 1e3), noted, none, drain(), { signal: giveUp.signal });
    });
    expect(log).to.deep.equal([[0], [1], [2], [3]]);
  });

  it('says how far a run may be read in place: not past the item after which there is room', () => {
    const inbox = new Inbox<number>();
    const told: number[] = [];
    inbox.whenRoomy(2, () => told.push(inbox.next));
    inbox.addAll([1, 2, 3]);
    expect([inbox.next, inbox.limit, inbox.at(0)]).to.deep.equal([0, 1, 1]);
    inbox.next = 1;
    expect(inbox.pull()).to.equal(2);
    expect([told, inbox.next, inbox.limit]).to.deep.equal([[2], 2, 3]);
    inbox.next = 3;
    expect([inbox.length, inbox.pull()]).to.deep.equal([0, WAIT]);
  });
});
