import { expect } from 'chai';
import { push } from '../../lib/push/push.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

describe('reduce', () => {
  sinkGives(
    'reduce(fn, initial) folds all items into one value',
    [1, 2, 3],
    () => reduce((sum, x) => sum + x, 10),
    16,
  );
  sinkGives(
    'reduce(fn, initial) waits for each promise before it goes on from its value',
    [1, 2, 3],
    () => reduce(async (text, x) => `${text}${x}`, '>'),
    '>123',
  );
  sinkGives(
    'reduce(fn, initial) of nothing results in initial',
    [],
    () => reduce((sum) => sum, 7),
    7,
  );
  itemCallback({
    operator: 'reduce',
    goOn: 'next',
    run: (items, fn, options) => pipeline(items, reduce(fn, 0 as unknown, options)),
  });

  it('reduce(fn, initial) calls fn with the value, the item and { signal }', async () => {
    const calls: unknown[][] = [];
    const note = (...args: [string, string, { signal: AbortSignal }]) => {
      calls.push([args[0], args[1], args[2].signal.aborted, args.length]);
      return args[0] + args[1];
    };
    expect(await pipeline(['a', 'b'], reduce(note, ''))).to.equal('ab');
    expect(calls).to.deep.equal([
      ['', 'a', false, 3],
      ['a', 'b', false, 3],
    ]);
  });

  it('reduce(fn, initial) may result in null, which is no item here', async () => {
    expect(
      await pipeline(
        [1],
        reduce(() => null, null),
      ),
    ).to.equal(null);
  });

  it('reduce(fn, initial) answers, in push, the value so far', async () => {
    const producer = push(reduce((sum: number, x: number) => sum + x, 0));
    expect(await producer.send(1)).to.equal(1);
    expect(await producer.send(2)).to.equal(3);
    expect(await producer.close()).to.equal(3);
  });

  it('reduce infers its value from initial and its items from the input', async () => {
    typed<string>()(
      await pipeline(
        range(0, 3),
        reduce((text, x) => typed<string>()(text) + typed<number>()(x), ''),
      ),
    );
  });
});
