import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { DrainHost } from '../../../lib/core/protocol/drain.js';
import { SKIP, WAIT } from '../../../lib/core/protocol/pull.js';
import { take } from '../../../lib/operators/take.js';
import { tap } from '../../../lib/operators/tap.js';
import { drain } from '../../../lib/sinks/drain.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { sink, source, stage } from '../../../lib/streams/define.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { type Note, sameEitherWay } from '../../helpers/account.js';
import { compiledAfter } from '../../helpers/compiled.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import {
  type Drainage,
  fails,
  type Hooks,
  items,
  runScript,
  stepKinds,
} from '../../helpers/odd-item.js';
import { later } from '../../helpers/scripted.js';

const expanding = stepKinds['expand']!;

describe('a compiled segment hands over to plain pulls', () => {
  noUnhandled();

  it('when a drain has to wait', async () => {
    const full = (note: Note): Drainage => {
      let loop: DrainHost | undefined;
      return {
        open: (opened) => {
          loop = opened;
        },
        take: (x) => {
          note('take', x);
          setImmediate(() => loop?.unblock());
          return WAIT;
        },
      };
    };
    const { log } = await sameEitherWay((note) =>
      runScript(note, items, [], sink('drain', full(note))),
    );
    expect(log.filter(([what]) => what === 'take').map(([, x]) => x)).to.deep.equal(items);
  });

  const scripts: Record<string, readonly unknown[]> = {
    'ends at once': [],
    'waits at once': [later, 'a', 'b'],
    'waits now and then': ['a', later, 'b', 'c', 'd', 'e', 'f', later, later, 'g'],
    'waits before it ends': ['a', 'b', later],
    'fails at once': [fails],
    'fails after some items': ['a', 'b', 'c', fails],
    'fails after it has waited': ['a', later, fails],
    'gives null': ['a', 'b', null, 'c'],
    'gives undefined': [undefined, undefined],
  };

  /** Steps with hooks: steps that hold items, flush when idle, or end early. */
  const holding: Record<string, (note: Note) => Hooks> = {
    'no hooks': () => ({ map: (x) => x }),
    'an end': () => ({ map: (x) => x, end: () => ['held', 'back'] }),
    'an end that fails': () => ({ map: (x) => x, end: fails }),
    'an end that gives null': () => ({ map: (x) => x, end: () => ['held', null] }),
    idle: (note) => {
      let held: unknown[] = [];
      const letGo = () => {
        const full = held;
        held = [];
        if (full.length > 0) note('let go', full);
        return full;
      };
      const hold = (x: unknown) => {
        held.push(x);
        return SKIP;
      };
      return { map: hold, idle: letGo, end: letGo };
    },
    'idle, and expands': (note) => {
      const held: unknown[] = [];
      const letGo = () => {
        if (held.length > 0) note('let go', held.length);
        return held.splice(0);
      };
      const hold = (x: unknown) => {
        held.push(x);
        return x === 'b' ? [x, x] : [];
      };
      return { expand: hold, idle: letGo, end: letGo };
    },
    'an idle that fails': () => ({ map: (x) => x, idle: fails }),
    'a done': (note) => {
      let left = 3;
      const count = () => {
        left -= 1;
        return true;
      };
      const end = () => {
        note('end');
        return ['held'];
      };
      return { test: count, done: () => left === 0, end };
    },
    'a done from the start': () => ({ map: (x) => x, done: () => true, end: () => ['held'] }),
    'a done that fails': () => {
      let calls = 0;
      const count = (x: unknown) => {
        calls += 1;
        return x;
      };
      return { map: count, done: () => (calls === 2 ? fails() : false) };
    },
  };

  for (const [what, script] of Object.entries(scripts)) {
    for (const [how, hooks] of Object.entries(holding)) {
      it(`when the source ${what} and a step has ${how}`, async () => {
        await sameEitherWay((note) => runScript(note, script, [hooks(note)], toArray()));
      });

      it(`when the source ${what} and a step between two that expand has ${how}`, async () => {
        const twice: Hooks = { expand: (x) => [x, x] };
        await sameEitherWay((note) =>
          runScript(note, script, [twice, hooks(note), twice], toArray()),
        );
      });
    }
  }

  it('when a slow drain takes what was let go of, and there is more input by then', async () => {
    const slow = async () => {
      for (let turns = 0; turns < 20; turns += 1) await turn();
    };
    const { log } = await sameEitherWay((note) =>
      runScript(
        note,
        ['a', 'b', later, 'c'],
        [holding['idle']!(note)],
        sink('drain', { take: slow }),
      ),
    );
    const out = log.filter(([what]) => what === 'after').map(([, x]) => x);
    expect(out).to.deep.equal(['a', 'b', 'c']);
  });

  it('when what an item expands to waits, asking for it once until it is there', async () => {
    let asked = 0;
    const origin = source<unknown>('origin', {
      open: (host) => {
        const count = () => {
          const inner = host.segment.steps[0]?.inner;
          if (!inner) return expect.fail('nothing expanded');
          const pull = inner.pull.bind(inner);
          inner.pull = () => {
            asked += 1;
            return pull();
          };
        };
        return { pull: () => count, close: () => {} };
      },
    });
    const slow = stage<() => void, unknown>('slow', {
      expand: (count) => [turn(0), count, turn(1), 2],
    });
    const countFrom = (x: unknown) => typeof x === 'function' && x();
    await compiledAfter(0, () => pipeline([origin, slow, tap(countFrom), take(4), drain()]));
    // In vain, when it is there, and for the last item.
    expect(asked).to.equal(3);
  });

  it('when a drain is done', async () => {
    const first = (): Drainage => {
      const taken: unknown[] = [];
      return { take: (x) => void taken.push(x), done: () => taken.length === 3, end: () => taken };
    };
    const { result } = await sameEitherWay((note) =>
      runScript(note, items, [], sink('drain', first())),
    );
    expect(result).to.deep.equal(['a', 'b', 'c']);
  });

  for (const where of ['map', 'test', 'tap', 'fold', 'expand'] as const) {
    it(`when a run is stopped from within ${where}`, async () => {
      await sameEitherWay((note) => {
        const stop = new AbortController();
        const act = (x: unknown) => {
          stop.abort();
          return where === 'expand' ? [x, x] : true;
        };
        const steps = [stepKinds[where]!(act), expanding(() => [1, 2])];
        return runScript(note, items, steps, toArray(), { stop: stop.signal });
      });
    });
  }
});
