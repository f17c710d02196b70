import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { interleave } from '../../lib/junctions/interleave.js';
import { take } from '../../lib/operators/take.js';
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

describe('interleave', () => {
  noUnhandled();

  for (const [left, makeLeft] of Object.entries(kinds)) {
    for (const [right, makeRight] of Object.entries(kinds)) {
      sourceGives(
        `interleave(${left}, ${right}) takes strict turns, however they give their items`,
        () => interleave(makeLeft([1, 2]), makeRight(['a', 'b'])),
        [1, 'a', 2, 'b'],
      );
    }
  }
  sourceGives(
    'interleave goes on without a source that has ended, whichever it is',
    () => interleave([1, 2, 3, 4], ['a'], ['x', 'y']),
    [1, 'a', 'x', 2, 'y', 3, 4],
  );
  sourceGives('interleave skips empty sources', () => interleave([], ['a', 'b'], []), ['a', 'b']);
  sourceGives('interleave of empty sources emits nothing', () => interleave([], []), []);
  sourceGives('interleave takes undefined as an item', () => interleave([undefined, 1], [2]), [
    undefined,
    2,
    1,
  ]);

  it('interleave can be pulled synchronously', () => {
    expect([...pull(interleave([1, 2], ['a']))]).to.deep.equal([1, 'a', 2]);
  });

  it('interleave infers its items from its sources', async () => {
    typed<(number | string)[]>()(await pipeline(interleave(range(0, 1), ['a']), toArray()));
  });

  refuses('interleave without a source is refused', () => interleave(), 'interleave: needs');

  it('interleave goes by its name option in traces', async () => {
    const names = new Set<string>();
    const trace = ({ stage }: { stage: { name: string } }) => names.add(stage.name);
    await pipeline(interleave([1], [2], { name: 'turns' }), drain(), { trace });
    expect(names).to.include('turns');
  });

  it('interleave waits for the source whose turn it is, and asks no other meanwhile', async () => {
    const counted = new Counted();
    const gate = new Deferred<string>();
    const slow = async function* () {
      yield gate.promise;
    };
    const run = pipeline(interleave(counted.items(), slow), take(3), toArray<unknown>());
    expect(await quiet(() => counted.asked)).to.equal(1);
    gate.resolve('late');
    expect(await run).to.deep.equal([0, 'late', 1]);
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });

  it('interleave fails by name when the source whose turn it is fails', async () => {
    const cause = new Error('on purpose');
    const failing = function* failing() {
      yield 1;
      throw cause;
    };
    const counted = new Counted();
    const error = await stageFailure(pipeline(interleave(counted.later(), failing), drain()));
    expect(error).to.include({ cause, index: 1 }).and.to.have.nested.property('stage.name');
    expect(error.stage.name).to.equal('failing');
    expect(counted.closed).to.equal(true);
  });

  it('interleave fails at once when a stream fails while another has the turn', async () => {
    const cause = new Error('input failed on purpose');
    const [silent, failing] = [never(), never()];
    const run = rejection(pipeline(interleave(silent, failing), drain()));
    await quiet(() => 0);
    failing.destroy(cause);
    expect(await run).to.equal(cause);
    expect(silent.closed).to.equal(true);
  });
});
