import type { Stage } from '../../lib/index.js';
import * as sluice from '../../lib/index.js';
import type { Guard, Plain } from './flow.js';
import { after, type Wait } from './wait.js';

type Name = { readonly name: string };

/** One operator of a random chain: as a stage, and as what it does to plain arrays. */
export interface Op {
  /** How a counterexample shows it. */
  readonly toString: () => string;
  /** Whether its callbacks answer at once. */
  readonly sync: boolean;
  readonly stage: (guard: Guard, name: Name) => Stage<unknown, unknown>;
  readonly plain: (guard: Guard) => Plain;
}

const MODULUS = 1000;

/** A number for any item, so that every callback can make something of everything. */
export function weigh(value: unknown): number {
  if (typeof value === 'number') return value;
  if (!Array.isArray(value)) return 0;
  return value.reduce<number>((sum, item) => (sum * 3 + weigh(item)) % MODULUS, value.length);
}

const op = (text: string, sync: boolean, rest: Pick<Op, 'stage' | 'plain'>): Op => ({
  toString: () => text,
  sync,
  ...rest,
});

/** An operator that calls `ask` with each item: how its answer is waited for is the only other choice. */
function asking(
  text: string,
  wait: Wait,
  ask: (value: unknown) => unknown,
  stage: (fn: (value: unknown) => unknown, name: Name) => Stage<unknown, unknown>,
  plain: (ask: (value: unknown) => unknown) => Plain,
): Op {
  const guarded = (guard: Guard) => (value: unknown) => {
    guard.check();
    return ask(value);
  };
  return op(`${text} ${wait}`, wait === 'now', {
    stage: (guard, name) => {
      const fn = guarded(guard);
      return stage((value) => after(wait, () => fn(value)), name);
    },
    plain: (guard) => plain(guarded(guard)),
  });
}

export const map = (factor: number, wait: Wait): Op =>
  asking(
    `map(x * ${factor} + 1)`,
    wait,
    (value) => (weigh(value) * factor + 1) % MODULUS,
    sluice.map,
    (fn) => ({
      visit: ({ value }, emit) => {
        emit(fn(value));
        return false;
      },
    }),
  );

export const filter = (modulus: number, wait: Wait): Op =>
  asking(
    `filter(x % ${modulus})`,
    wait,
    (value) => weigh(value) % modulus,
    sluice.filter,
    (fn) => ({
      visit: ({ value }, emit) => {
        if (fn(value)) emit(value);
        return false;
      },
    }),
  );

export const tap = (wait: Wait): Op =>
  asking('tap', wait, weigh, sluice.tap, (fn) => ({
    visit: ({ value }, emit) => {
      fn(value);
      emit(value);
      return false;
    },
  }));

export const takeWhile = (modulus: number, wait: Wait): Op =>
  asking(
    `takeWhile(x % ${modulus})`,
    wait,
    (value) => weigh(value) % modulus,
    sluice.takeWhile,
    (fn) => ({
      visit: ({ value }, emit) => {
        if (!fn(value)) return true;
        emit(value);
        return false;
      },
    }),
  );

export const dropWhile = (modulus: number, wait: Wait): Op =>
  asking(
    `dropWhile(x % ${modulus})`,
    wait,
    (value) => weigh(value) % modulus,
    sluice.dropWhile,
    (fn) => {
      let dropping = true;
      return {
        visit: ({ value }, emit) => {
          dropping = dropping && Boolean(fn(value));
          if (!dropping) emit(value);
          return false;
        },
      };
    },
  );

export const scan = (wait: Wait): Op =>
  asking(
    'scan',
    wait,
    (pair) => weigh(pair),
    (fn, name) => sluice.scan((value: unknown, item) => fn([value, item]), 1 as unknown, name),
    (fn) => {
      let sum: unknown = 1;
      return {
        visit: ({ value }, emit) => {
          sum = fn([sum, value]);
          emit(sum);
          return false;
        },
      };
    },
  );

export const dedupe = (modulus: number, within: number, wait: Wait): Op =>
  asking(
    `dedupe(x % ${modulus}, ${within})`,
    wait,
    (value) => weigh(value) % modulus,
    (key, name) => sluice.dedupe({ key, within, ...name }),
    (fn) => {
      let seen: unknown[] = [];
      return {
        visit: ({ value }, emit) => {
          const key = fn(value);
          if (!seen.includes(key)) emit(value);
          seen = [key, ...seen.filter((other) => !Object.is(other, key))].slice(0, within);
          return false;
        },
      };
    },
  );

export type Form = 'array' | 'generator' | 'async generator';

export const flatMap = (copies: number, form: Form, wait: Wait): Op => {
  /** Fails, if it is to fail, before the last copy. */
  function* generated(guard: Guard, value: unknown): Generator<unknown> {
    for (let copy = 0; copy < copies; copy += 1) {
      if (copy === copies - 1) guard.check();
      yield copy === 0 ? value : weigh([copy, value]);
    }
  }
  async function* later(guard: Guard, value: unknown): AsyncGenerator<unknown> {
    yield* generated(guard, value);
  }
  const make = (guard: Guard, value: unknown) => {
    if (form === 'array') return [...generated(guard, value)];
    return form === 'generator' ? generated(guard, value) : later(guard, value);
  };
  return op(`flatMap(${copies}, ${form}) ${wait}`, wait === 'now' && form !== 'async generator', {
    stage: (guard, name) => sluice.flatMap((value) => after(wait, () => make(guard, value)), name),
    plain: (guard) => ({
      visit: ({ value }, emit) => {
        const items = generated(guard, value);
        for (const item of form === 'array' ? [...items] : items) emit(item);
        return false;
      },
    }),
  });
};
