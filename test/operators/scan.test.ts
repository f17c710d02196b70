import { expect } from 'chai';
import { NullItemError } from '../../lib/core/base/errors.js';
import { scan } from '../../lib/operators/scan.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('scan', () => {
  stageGives(
    'scan(fn, initial) emits the value so far for each item, and not initial itself',
    [1, 2, 3],
    () => scan((sum, x) => sum + x, 10),
    [11, 13, 16],
  );
  stageGivesLater(
    'scan(fn, initial) waits for each promise before it goes on from its value',
    [1, 2, 3],
    () => scan(async (text, x) => `${text}${x}`, '>'),
    ['>1', '>12', '>123'],
  );
  stageGives('scan(fn, initial) of nothing emits nothing', [], () => scan((sum) => sum, 0), []);
  stageGives(
    'scan(fn, undefined) starts from undefined',
    [1, 2],
    () => scan((before: number | undefined, x) => (before ?? 0) + x, undefined),
    [1, 3],
  );
  itemCallback({
    operator: 'scan',
    goOn: 'next',
    run: (items, fn, options) => pipeline(items, scan(fn, 0 as unknown, options), toArray()),
  });

  it('scan(fn, initial) calls fn with the value, the item and { signal }', async () => {
    const calls: unknown[][] = [];
    const note = (...args: [string, string, { signal: AbortSignal }]) => {
      calls.push([args[0], args[1], args[2].signal.aborted, args.length]);
      return args[0] + args[1];
    };
    await pipeline(['a', 'b'], scan(note, ''), toArray());
    expect(calls).to.deep.equal([
      ['', 'a', false, 3],
      ['a', 'b', false, 3],
    ]);
  });

  it('scan(fn, null) may start from null, which is no item', async () => {
    const longest = scan<string, string | null>(
      (best, word) => (best && best > word ? best : word),
      null,
    );
    expect(await pipeline(['b', 'a', 'c'], longest, toArray())).to.deep.equal(['b', 'b', 'c']);
  });

  for (const [how, answer] of [
    ['null', () => null],
    ['a promise of null', async () => null],
  ] as const) {
    it(`scan(fn, initial) fails when fn answers ${how}`, async () => {
      const error = await stageFailure(pipeline(['a'], scan(answer, null), toArray()));
      expect(error.stage.name).to.equal('scan');
      expect(error.cause).to.be.instanceOf(NullItemError);
    });
  }

  it('scan infers its value from initial and its items from the input', async () => {
    typed<number[]>()(
      await pipeline(
        range(0, 3),
        scan((sum, x) => typed<number>()(sum) + typed<number>()(x), 0),
        toArray(),
      ),
    );
    typed<string[]>()(
      await pipeline(
        range(0, 3),
        scan(async (text, x) => typed<string>()(text) + typed<number>()(x), ''),
        toArray(),
      ),
    );
  });
});
