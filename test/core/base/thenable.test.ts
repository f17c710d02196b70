import {
  filter,
  flatMap,
  forEach,
  map,
  pipeline,
  reduce,
  scan,
  tap,
  toArray,
} from '../../../lib/index.js';
import { sameEitherWay } from '../../helpers/account.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';

type Callback = (item: number) => never;

/** What calls a callback, with what shows what came of its answer. */
const places: Record<string, (fn: Callback) => readonly unknown[]> = {
  map: (fn) => [map(fn), map((x: unknown) => typeof x), toArray()],
  filter: (fn) => [filter(fn), toArray()],
  tap: (fn) => [tap(fn), toArray()],
  scan: (fn) => [scan((_, x: number) => fn(x), 0), map((x: unknown) => typeof x), toArray()],
  flatMap: (fn) => [flatMap((x: number) => [fn(x)]), map((x: unknown) => typeof x), toArray()],
  reduce: (fn) => [reduce((_: unknown, x: number) => fn(x), 0)],
  forEach: (fn) => [forEach(fn)],
};

const calls = (told: (value: unknown) => void): void => told(7);

/** An answer whose `then` is another one each time it is looked at; `note` is told of each look. */
function shifting(thens: readonly unknown[], note: () => void): unknown {
  const left = [...thens];
  return {
    get then(): unknown {
      note();
      return left.length > 1 ? left.shift() : left[0];
    },
  };
}

const answers: Record<string, readonly unknown[]> = {
  'always is one': [calls],
  'is one at the first look only': [calls, undefined],
  'is one at the second look only': [undefined, calls, undefined],
  'is one from the second look on': [undefined, calls],
  'is one at every other look': [calls, undefined, calls, undefined, calls],
};

describe('an answer that is a promise by its then', () => {
  noUnhandled();

  for (const [place, make] of Object.entries(places)) {
    for (const [how, thens] of Object.entries(answers)) {
      it(`to ${place} which ${how} is looked at as often compiled as by plain pulls`, async () => {
        await sameEitherWay((note) => {
          const fn = (x: number) => (x === 3 ? shifting(thens, () => note('looked')) : x) as never;
          return pipeline([[1, 2, 3, 4], ...make(fn)] as never);
        });
      });
    }
  }
});
