import { Readable } from 'node:stream';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { merge } from '../../lib/junctions/merge.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { find } from '../../lib/sinks/find.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
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

describe('merge', () => {
  noUnhandled();

  for (const [left, makeLeft] of Object.entries(kinds)) {
    for (const [right, makeRight] of Object.entries(kinds)) {
      it(`merge(${left}, ${right}) emits all items, each source's in their order`, async () => {
        const sources = [makeLeft([1, 2, 3]), makeRight([10, 20]), makeLeft<number>([])];
        const items = await pipeline(merge(...sources), toArray());
        expect(items.filter((x) => x < 10)).to.deep.equal([1, 2, 3]);
        expect(items.filter((x) => x >= 10)).to.deep.equal([10, 20]);
      });
    }
  }
  sourceGives(
    'merge asks sources that are ready in turn',
    () => merge([1, 2, 3], ['a'], ['b', 'c']),
    [1, 'a', 'b', 2, 'c', 3],
  );
  sourceGives('merge takes undefined as an item', () => merge([undefined], [undefined]), [
    undefined,
    undefined,
  ]);
  sourceGives('merge of empty sources emits nothing', () => merge([], []), []);

  it('merge can be pulled synchronously', () => {
    expect([...pull(merge([1, 2], ['a']))]).to.deep.equal([1, 'a', 2]);
  });

  it('merge infers its items from its sources', async () => {
    typed<(number | string)[]>()(await pipeline(merge(range(0, 1), ['a']), toArray()));
  });

  refuses('merge without a source is refused', () => merge(), 'merge: needs at least 1');

  it('merge emits an item as soon as any source gives one', async () => {
    const gates = { a: new Deferred<string>(), b: new Deferred<string>() };
    const slow = async function* () {
      yield gates.a.promise;
    };
    const fast = async function* () {
      yield gates.b.promise;
      yield 'c';
    };
    const seen: string[] = [];
    const run = pipeline(
      merge(slow, fast),
      tap((item) => seen.push(item)),
      drain(),
    );
    gates.b.resolve('b');
    expect(await quiet(() => seen.length)).to.equal(2);
    gates.a.resolve('a');
    await run;
    expect(seen).to.deep.equal(['b', 'c', 'a']);
  });

  it('merge lets a source that has to wait come between the items of an endless one', async () => {
    const late = async function* () {
      await quiet(() => 0);
      yield 'late';
    };
    const endless = function* () {
      for (;;) yield 'endless';
    };
    const found = await pipeline(
      merge(endless, late),
      find((item) => item === 'late'),
    );
    expect(found).to.equal('late');
  });

  it('merge asks for nothing that is not wanted yet', async () => {
    const [left, right] = [new Counted(), new Counted()];
    const gate = new Deferred<void>();
    const run = pipeline(
      merge(left.items(), right.items()),
      take(3),
      forEach(() => gate.promise),
    );
    expect(await quiet(() => left.asked + right.asked)).to.equal(1);
    gate.resolve();
    await run;
    expect([left, right]).to.deep.equal([
      { asked: 2, closed: true },
      { asked: 1, closed: true },
    ]);
  });

  it('merge that is ended early tells a source that still waits, and awaits its finally', async () => {
    const log: string[] = [];
    const waiting = async function* ({ signal }: { signal: AbortSignal }) {
      const told = new Deferred<void>();
      signal.addEventListener('abort', () => told.resolve(), { once: true });
      try {
        yield told.promise;
      } finally {
        log.push('closed');
      }
    };
    await pipeline(merge(waiting, [1, 2]), take(1), drain());
    log.push('settled');
    expect(log).to.deep.equal(['closed', 'settled']);
  });

  it('merge fails at once when a source fails, while the others never give', async () => {
    const cause = new Error('on purpose');
    const silent = never();
    const source = compose(
      Readable.from([1]),
      map(function refuse() {
        throw cause;
      }),
    );
    const error = await stageFailure(pipeline(merge(silent, source), drain()));
    expect(error).to.include({ cause }).and.to.have.nested.property('stage.name', 'map(refuse)');
    expect(silent.closed).to.equal(true);
  });

  it('merge fails with the error of a stream as it is', async () => {
    const cause = new Error('input failed on purpose');
    const [silent, failing] = [never(), never()];
    const run = rejection(pipeline(merge(silent, failing), drain()));
    await quiet(() => 0);
    failing.destroy(cause);
    expect(await run).to.equal(cause);
    expect(silent.closed).to.equal(true);
  });
});
