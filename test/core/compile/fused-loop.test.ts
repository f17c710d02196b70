import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { batch } from '../../../lib/operators/batch.js';
import { filter } from '../../../lib/operators/filter.js';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { map } from '../../../lib/operators/map.js';
import { tap } from '../../../lib/operators/tap.js';
import { push } from '../../../lib/push/push.js';
import { drain } from '../../../lib/sinks/drain.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { from } from '../../../lib/sources/from.js';
import { range } from '../../../lib/sources/range.js';
import { compose } from '../../../lib/streams/compose.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { compiledAfter, inGeneratedCode } from '../../helpers/compiled.js';
import { Counted } from '../../helpers/counted.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection } from '../../helpers/rejection.js';

/** Shows where a callback was called: `x` for each item in generated code, `.` for the others. */
class Ways {
  #seen = '';

  readonly look = (): void => {
    this.#seen += inGeneratedCode() ? 'x' : '.';
  };

  get seen(): string {
    return this.#seen;
  }
}

describe('a fused segment', () => {
  noUnhandled();

  it('is compiled once it has moved as many items as that takes', async () => {
    const ways = new Ways();
    await compiledAfter(3, () => pipeline(range(0, 6), tap(ways.look), drain()));
    expect(ways.seen).to.equal('...xxx');
  });

  it('is compiled once as many items have come of one', async () => {
    const ways = new Ways();
    const many = flatMap(() => [1, 2, 3, 4, 5, 6]);
    await compiledAfter(3, () => pipeline([0], many, tap(ways.look), drain()));
    expect(ways.seen).to.equal('..xxxx');
  });

  it('is compiled once as many items have come to nothing', async () => {
    const ways = new Ways();
    await compiledAfter(3, () =>
      pipeline(
        range(0, 6),
        tap(ways.look),
        filter((x) => x === 2 || x > 3),
        drain(),
      ),
    );
    expect(ways.seen).to.equal('...xxx');
  });

  it('goes on in generated code when something had to wait', async () => {
    const ways = new Ways();
    const slow = map((x: number) => (x % 10 === 9 ? turn(x) : x));
    await compiledAfter(0, () => pipeline(range(0, 40), tap(ways.look), slow, drain()));
    expect(ways.seen).to.equal('x'.repeat(40));
  });

  it('is pulled when its run is traced', async () => {
    const ways = new Ways();
    const parts = [[1, 2], tap(ways.look), drain()];
    await compiledAfter(0, () => pipeline(parts, { trace: () => {} }));
    expect(ways.seen).to.equal('..');
  });

  it('lets single items straight through, also with acknowledgement', async () => {
    const ways = new Ways();
    await compiledAfter(0, async () => {
      const producer = push(tap<number>(ways.look), (x: number) => x);
      expect([await producer.send(5), await producer.send(6)]).to.deep.equal([5, 6]);
      await producer.close();
    });
    expect(ways.seen).to.equal('xx');
  });

  it('is pulled with acknowledgement of items that a stage holds', async () => {
    const ways = new Ways();
    await compiledAfter(0, async () => {
      const producer = push(tap<number>(ways.look), batch<number>(1), ([x]: number[]) => x);
      expect([await producer.send(5), await producer.send(6)]).to.deep.equal([5, 6]);
      await producer.close();
    });
    expect(ways.seen).to.equal('..');
  });

  it('is pulled from then on once it is stopped', async () => {
    const ways = new Ways();
    const stop = new AbortController();
    const counted = new Counted();
    const many = flatMap(() => [1, 2, 3]);
    const stopping = tap((x: number) => {
      if (x === 1) stop.abort();
    });
    await compiledAfter(0, () =>
      pipeline(counted.items(), stopping, many, tap(ways.look), drain(), { stop: stop.signal }),
    );
    expect(ways.seen).to.equal('xxx...');
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });
});

describe('a compiled run without end', () => {
  noUnhandled();

  /** Aborts a run after some turns of the event loop. They happen only if the run lets the event loop turn. */
  const abortLater = async (run: (signal: AbortSignal) => Promise<unknown>) => {
    const controller = new AbortController();
    const aborting = (async () => {
      for (let turns = 0; turns < 3; turns += 1) await turn();
      controller.abort();
    })();
    const error = await compiledAfter(0, () => rejection(run(controller.signal)));
    await aborting;
    expect(error).to.have.property('name', 'AbortError');
  };

  const endless: Record<string, (counted: Counted, signal: AbortSignal) => Promise<unknown>> = {
    'of items': (counted, signal) => pipeline(counted.items(), drain(), { signal }),
    'of items that come to nothing': (counted, signal) =>
      pipeline(
        counted.items(),
        filter(() => false),
        drain(),
        { signal },
      ),
    'of items that expand to nothing': (counted, signal) =>
      pipeline(
        counted.items(),
        flatMap(() => []),
        drain(),
        { signal },
      ),
    'of what one item expands to': (counted, signal) =>
      pipeline(
        [0],
        flatMap(() => counted.items()),
        drain(),
        { signal },
      ),
    'of what one item expands to, in two steps, and comes to nothing': (counted, signal) =>
      pipeline(
        [0],
        flatMap(() => counted.items()),
        flatMap((x) => [x, x]),
        filter(() => false),
        drain(),
        { signal },
      ),
  };

  for (const [what, run] of Object.entries(endless)) {
    it(`${what} lets the event loop turn, and closes what it reads when it is aborted`, async () => {
      const counted = new Counted();
      await abortLater((signal) => run(counted, signal));
      expect(counted.closed).to.equal(true);
    });
  }
});

describe('a compiled run that is aborted', () => {
  noUnhandled();

  const callbacks: Record<string, (abort: () => void, counted: Counted) => readonly unknown[]> = {
    map: (abort) => [map(abort)],
    filter: (abort) => [filter(abort)],
    tap: (abort) => [tap(abort)],
    flatMap: (abort, counted) => [
      flatMap(() => {
        abort();
        return counted.items();
      }),
    ],
    'a generator in flatMap': (abort) => [
      flatMap(function* () {
        abort();
        yield 1;
      }),
    ],
  };

  for (const [where, stages] of Object.entries(callbacks)) {
    it(`from within ${where} takes nothing more, asks for nothing more and closes its source`, async () => {
      const controller = new AbortController();
      const counted = new Counted();
      const taken: unknown[] = [];
      const abort = () => controller.abort();
      const run = () =>
        pipeline(
          [counted.items(), ...stages(abort, new Counted()), forEach((x) => taken.push(x))],
          {
            signal: controller.signal,
          },
        );
      expect(await compiledAfter(0, () => rejection(run()))).to.have.property('name', 'AbortError');
      expect(taken).to.deep.equal([]);
      expect(counted).to.deep.equal({ asked: 1, closed: true });
    });
  }

  it('from within the sink takes nothing more', async () => {
    const controller = new AbortController();
    const counted = new Counted();
    const take = (x: number) => x === 7 && controller.abort();
    const run = () => pipeline(counted.items(), forEach(take), { signal: controller.signal });
    expect(await compiledAfter(0, () => rejection(run()))).to.have.property('name', 'AbortError');
    expect(counted).to.deep.equal({ asked: 8, closed: true });
  });

  it('because the stream it is read through is destroyed makes no more items', async () => {
    const seen: number[] = [];
    const counted = new Counted();
    await compiledAfter(0, async () => {
      const readable = compose(
        from(counted.items()),
        tap((x) => {
          seen.push(x);
          if (x === 5) readable.destroy();
        }),
      );
      readable.resume();
      await once(readable, 'close');
    });
    expect(seen).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(counted).to.deep.equal({ asked: 6, closed: true });
  });
});
