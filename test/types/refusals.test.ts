import { compose, filter, lines, map, pipeline, pull, push, range, reduce, toArray, zip } from '../../lib/index.js';

const half = (x: number): number => x / 2;
const shout = (text: string): string => text.toUpperCase();
const sized = (sum: number, text: string): number => sum + text.length;
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
  // @ts-expect-error the second item is a string
  await pipeline(zip([1], ['a']), map(([, text]) => half(text)), toArray());
  // @ts-expect-error the producer takes numbers
  await push(map(half), (x) => x).send('1');
  // @ts-expect-error a callback, not a number
  filter(3);
  // @ts-expect-error no such option
  await pipeline(range(0, 3), toArray(), { singal: new AbortController().signal });
  return void texts;
}

describe('types refuse what can not work', () => {
  it('at compile time: an expected error that does not come is an error itself', () => {
    void refused;
  });
});
