import { balance, batch, branch, broadcast, buffer, compose, count, deadLetter, filter, flatMap, forEach, formatCsv, formatNdjson, generate, groupBy, hub, join, lines, map, mergeSorted, parseCsv, partition, pipeline, pull, push, range, reduce, sample, scan, sort, stats, take, tally, throttle, toArray, top, uniq, zip } from '../../lib/index.js';

const half = (x: number): number => x / 2;
const shout = (text: string): string => text.toUpperCase();
const sized = (sum: number, text: string): number => sum + text.length;
const halves = [map(half)];
const shouts = [map(shout)];
const anything = () => compose(formatNdjson(), process.stdout);
async function* later(): AsyncGenerator<number> {}

/** Never called: each line is there for the compiler, which must refuse it. One call a line, so no formatter here. */
async function refused(): Promise<void> {
  // @ts-expect-error a number has no toUpperCase
  await pipeline(range(0, 3), map((x) => x.toUpperCase()), toArray());
  // @ts-expect-error the stage takes strings, the source gives numbers
  await pipeline(range(0, 3), map(shout), toArray());
  // @ts-expect-error the same further down
  await pipeline(range(0, 3), map(half), filter((x) => x > 1), map(half), map(shout), toArray());
  // @ts-expect-error nothing reads the last stage
  await pipeline(range(0, 3), map(half));
  // @ts-expect-error nor does anything here
  await pipeline(range(0, 3), map((x) => x + 1), take(2));
  // @ts-expect-error nor do options
  await pipeline(range(0, 3), map((x) => x + 1), { signal: new AbortController().signal });
  // @ts-expect-error nor does anything after stages that are spread
  await pipeline(range(0, 3), ...halves);
  // @ts-expect-error the stages that are spread take strings
  await pipeline(range(0, 3), ...shouts, toArray());
  // @ts-expect-error the sink takes strings
  await pipeline(range(0, 3), ...halves, reduce(sized, 0));
  // @ts-expect-error the result is an array of numbers
  const spread: string[] = await pipeline(range(0, 3), ...halves, toArray());
  // @ts-expect-error no such option
  await pipeline(range(0, 3), ...halves, toArray(), { singal: new AbortController().signal });
  // @ts-expect-error the stages that are spread take strings
  pull([1], ...shouts);
  // @ts-expect-error the same in compose
  compose([1], ...shouts);
  // @ts-expect-error the stages do not fit each other
  compose(...halves, ...shouts);
  // @ts-expect-error lines takes bytes or text
  await pipeline(range(0, 3), lines(), toArray());
  // @ts-expect-error the sink takes strings
  await pipeline(range(0, 3), reduce(sized, 0));
  // @ts-expect-error the result is an array of numbers
  const texts: string[] = await pipeline(range(0, 3), toArray());
  // @ts-expect-error an async iterable can't be pulled synchronously
  pull(later(), map(half));
  // @ts-expect-error the stages do not fit each other
  compose(map((x: number) => `${x}`), map(half));
  // @ts-expect-error nothing follows a sink
  compose(toArray(), map(half));
  // @ts-expect-error what an inline generator gets are numbers
  await pipeline(range(0, 3), compose(async function* (items) { for await (const x of items) yield shout(x); }), toArray());
  // @ts-expect-error and what it yields are numbers
  await pipeline(range(0, 3), compose(async function* (items) { for await (const x of items) yield half(x); }), map(shout), toArray());
  // @ts-expect-error the second item is a string
  await pipeline(zip([1], ['a']), map(([, text]) => half(text)), toArray());
  // @ts-expect-error the producer takes numbers
  await push(map(half), (x) => x).send('1');
  // @ts-expect-error not the function, but what it makes
  await pipeline(range(0, 3), toArray(), { stats });
  // @ts-expect-error what is read is readonly
  stats().read().elapsedMs = 0;
  // @ts-expect-error a callback, not a number
  filter(3);
  // @ts-expect-error no such order
  map(half, { concurrency: 2, order: 'random' });
  // @ts-expect-error the key is made of a number
  map(half, { concurrency: 2, order: shout });
  // @ts-expect-error the unit is in the name
  batch(2, { maxDelay: 5 });
  // @ts-expect-error one options object
  throttle(2, 1000);
  // @ts-expect-error both are needed
  throttle({ items: 2 });
  // @ts-expect-error what is dropped are strings
  await pipeline(['a'], buffer({ size: 2, when: 'drop-oldest', onDrop: half }), toArray());
  // @ts-expect-error no such policy
  buffer({ size: 2, when: 'drop' });
  // @ts-expect-error no such option
  await pipeline(range(0, 3), toArray(), { singal: new AbortController().signal });
  // @ts-expect-error a number has no length
  await pipeline(range(0, 3), sort({ by: (x) => x.length }), toArray());
  // @ts-expect-error compare gets the keys, which are strings
  await pipeline(range(0, 3), sort({ by: (x) => `${x}`, compare: half }), toArray());
  // @ts-expect-error unpack makes the item again
  await pipeline(range(0, 3), sort({ pack: (x) => `${x}`, unpack: shout }), toArray());
  // @ts-expect-error a number has no length
  await pipeline(range(0, 3), top(2, (x) => x.length), toArray());
  // @ts-expect-error a number has no length
  await pipeline(range(0, 3), uniq({ key: (x) => x.length }), toArray());
  // @ts-expect-error random answers a number
  await pipeline(range(0, 3), sample(1, { random: () => '0' }), toArray());
  // @ts-expect-error the keys are numbers
  const counts: [string, number][] = await pipeline(range(0, 3), tally((x) => x % 2));
  // @ts-expect-error a join needs a key
  join([1], ['a'], { kind: 'left' });
  // @ts-expect-error one key for both, or one for each
  join([1], [2], { on: half, leftKey: half });
  // @ts-expect-error the right items are strings
  join([1], ['a'], { leftKey: half, rightKey: half });
  // @ts-expect-error no such kind
  join([1], [2], { on: half, kind: 'full' });
  // @ts-expect-error there may be no right item
  await pipeline(join([1], ['a'], { leftKey: half, rightKey: shout, kind: 'left' }), map(([, text]) => shout(text)), toArray());
  // @ts-expect-error no branch goes by that name, and there is no otherwise
  await pipeline(['a'], partition((text) => text, { a: count() }));
  // @ts-expect-error the same in a Map
  await pipeline(range(0, 3), partition((x) => `${x}`, new Map([[0, count()]])));
  // @ts-expect-error a predicate needs two sinks
  await pipeline(range(0, 3), partition((x) => x > 1, count()));
  // @ts-expect-error the branch takes strings
  await pipeline(range(0, 3), partition((x) => x > 1, reduce(sized, 0), count()));
  // @ts-expect-error a branch is no number
  await pipeline(range(0, 3), balance(count(), 5));
  // @ts-expect-error the branch takes strings
  await pipeline(range(0, 3), balance(count(), reduce(sized, 0)));
  // @ts-expect-error what stands behind a branch that takes anything gets numbers
  await pipeline(range(0, 3), broadcast(anything(), forEach((x) => x.length)));
  // @ts-expect-error the same of balance
  await pipeline(range(0, 3), balance(anything(), forEach((x) => x.length)));
  // @ts-expect-error the same of partition
  await pipeline(range(0, 3), partition((x) => x > 1, anything(), forEach((x) => x.length)));
  // @ts-expect-error the same of a key
  await pipeline(range(0, 3), groupBy((x) => x.length, anything));
  // @ts-expect-error the second branch takes strings
  await pipeline(range(0, 3), broadcast(anything(), reduce(sized, 0)));
  // @ts-expect-error the items are no objects, so they make no rows
  await pipeline(range(0, 3), broadcast(compose(formatCsv(), process.stdout), count()));
  // @ts-expect-error one branch takes numbers, the other one strings
  broadcast(forEach(half), reduce(sized, 0));
  // @ts-expect-error the sinks of the groups take strings
  await pipeline(range(0, 3), groupBy((x) => x, () => reduce(sized, 0)));
  // @ts-expect-error no such policy
  branch(count(), { when: 'drop' });
  // @ts-expect-error the result of a branch with a policy is a record
  const sizes: number[] = await pipeline(range(0, 3), broadcast(count(), branch(count())));
  // @ts-expect-error a hub of numbers has no branch of strings
  hub<number>().join(reduce(sized, 0));
  // @ts-expect-error a number has no length to sort by
  mergeSorted([1], [2], { by: (x) => x.length });
  // @ts-expect-error no such policy
  map(half, { onError: 'drop' });
  // @ts-expect-error the item is a number
  await pipeline(range(0, 3), map(half, { onError: (_, item) => item.length }), toArray());
  // @ts-expect-error the value of onError may be a number, which has no length
  await pipeline(range(0, 3), map((x) => `${x}`, { onError: (_, item) => item }), map((s) => s.length), toArray());
  // @ts-expect-error it returns items, not an item
  flatMap((x: number) => [x], { onError: () => 0 });
  // @ts-expect-error the next value is a number
  scan((sum: number, x: number) => sum + x, 0, { onError: () => 'none' });
  // @ts-expect-error nothing could follow an item that is skipped
  generate(1, half, { onError: 'skip' });
  // @ts-expect-error attempts is required
  map(half, { retry: { delayMs: 3 } });
  // @ts-expect-error the dead letter is one for texts
  map(half, { onError: deadLetter<string>(toArray()) });
  // @ts-expect-error nor can it go to a dead letter
  generate(1, half, { onError: deadLetter<number>(toArray()) });
  // @ts-expect-error without a header a row is an array
  await pipeline(['a'], parseCsv({ header: false }), map((row) => row.name), toArray());
  // @ts-expect-error a field may be a number
  await pipeline(['a'], parseCsv({ types: true }), map((row) => shout(row['a'] ?? '')), toArray());
  // @ts-expect-error a function makes a number of this field
  await pipeline(['a'], parseCsv({ types: { n: Number } }), map(({ n }) => shout(n)), toArray());
  // @ts-expect-error no such option
  parseCsv({ heading: false });
  // @ts-expect-error a row of the type that is named
  parseCsv<{ a: string }>({ onError: () => ({ b: 1 }) });
  // @ts-expect-error batch has no callback
  batch(2, { onError: 'skip' });
  return void [texts, spread, counts, sizes];
}

describe('types refuse what can not work', () => {
  it('at compile time: an expected error that does not come is an error itself', () => {
    void refused;
  });
});
