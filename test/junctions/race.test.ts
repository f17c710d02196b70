import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { race } from '../../lib/junctions/race.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('race', () => {
  noUnhandled();
  const cause = new Error('on purpose');

  for (const [kind, make] of Object.entries(kinds)) {
    sourceGives(
      `race emits all items of ${kind} that gives one first`,
      () => race(never(), make([1, 2, 3]), never()),
      [1, 2, 3],
    );
    sourceGives(
      `race goes on without ${kind} that ends without an item`,
      () => race(make<string>([]), ['a', 'b']),
      ['a', 'b'],
    );
    sourceGives(`race of ${kind} without items emits nothing`, () => race(make([])), []);
  }
  sourceGives('race takes undefined as an item', () => race([undefined], [1]), [undefined]);
  sourceGives('race of several that are ready goes to the first', () => race([1], [2], [3]), [1]);

  it('race can be pulled synchronously', () => {
    expect([...pull(race([], [1, 2], ['a']))]).to.deep.equal([1, 2]);
  });

  it('race infers its items from its sources', async () => {
    typed<(number | string)[]>()(await pipeline(race(range(0, 1), ['a']), toArray()));
  });

  refuses('race without a source is refused', () => race(), 'race: needs at least 1');

  it('race closes the losers while the winner goes on', async () => {
    const [loser, counted] = [never(), new Counted()];
    const gate = new Deferred<void>();
    const winner = async function* () {
      yield 'first';
      await gate.promise;
      yield 'last';
    };
    const items: unknown[] = [];
    const run = pipeline(
      race(loser, winner, counted.later()),
      tap((item) => items.push(item)),
      drain(),
    );
    expect(await quiet(() => loser.closed && counted.closed)).to.equal(true);
    expect(items).to.deep.equal(['first']);
    expect(counted.asked).to.equal(1);
    gate.resolve();
    await run;
    expect(items).to.deep.equal(['first', 'last']);
  });

  it('race tells a loser by its signal, and settles after its finally', async () => {
    const log: string[] = [];
    const loser = async function* ({ signal }: { signal: AbortSignal }) {
      try {
        await once(signal, 'abort');
        yield 'too late';
      } finally {
        await turn();
        await turn();
        log.push('loser closed');
      }
    };
    const winner = async function* () {
      await turn();
      yield 'won';
    };
    expect(await pipeline(race(loser, winner), toArray())).to.deep.equal(['won']);
    log.push('settled');
    expect(log).to.deep.equal(['loser closed', 'settled']);
  });

  it('race does not keep the first item until a stuck loser is closed', async () => {
    let seen: unknown;
    const stuck = async function* (): AsyncGenerator<string> {
      yield new Promise<never>(() => {});
    };
    const run = pipeline(
      race(stuck, ['a']),
      tap((item) => {
        seen = item;
      }),
      drain(),
    );
    expect(await quiet(() => seen)).to.equal('a');
    await run;
  });

  it('race fails at once when a source fails before any gives an item', async () => {
    const silent = never();
    const failing = async function* failing() {
      await turn();
      yield* [];
      throw cause;
    };
    const error = await stageFailure(pipeline(race(silent, failing), drain()));
    expect(error).to.include({ cause }).and.to.have.nested.property('stage.name', 'failing');
    expect(silent.closed).to.equal(true);
  });

  it('race fails when closing a loser fails, and closes the winner', async () => {
    const counted = new Counted();
    const loser = async function* loser({ signal }: { signal: AbortSignal }) {
      try {
        await once(signal, 'abort');
        yield 0;
      } finally {
        await turn();
        await Promise.reject(cause);
      }
    };
    const error = await stageFailure(pipeline(race(loser, counted.later()), drain()));
    expect(error).to.include({ cause }).and.to.have.nested.property('stage.name', 'loser');
    expect(counted.closed).to.equal(true);
  });

  it('race takes no failure of a loser for one of its own', async () => {
    const loser = new Readable({ objectMode: true, read: () => {} });
    loser.on('error', () => {});
    const gate = new Deferred<void>();
    const winner = async function* () {
      yield 1;
      await gate.promise;
      yield 2;
    };
    const run = pipeline(race(loser, winner), take(2), toArray());
    await quiet(() => loser.closed);
    loser.destroy(cause);
    gate.resolve();
    expect(await run).to.deep.equal([1, 2]);
  });

  it('race that is ended early before any source has won closes all', async () => {
    const streams = [never(), never()];
    const abort = new AbortController();
    const run = rejection(pipeline(race(...streams), drain(), { signal: abort.signal }));
    await quiet(() => 0);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(streams.map(({ closed }) => closed)).to.deep.equal([true, true]);
  });
});
