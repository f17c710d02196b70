import * as sluice from '../../lib/index.js';
import type { Item, Plain } from './flow.js';
import type { Op } from './op.js';

/** Operators without a callback: they count items. */
const op = (text: string, stage: Op['stage'], plain: () => Plain): Op => ({
  toString: () => text,
  sync: true,
  stage,
  plain,
});

export const take = (count: number): Op =>
  op(
    `take(${count})`,
    (_, name) => sluice.take(count, name),
    () => {
      let left = count;
      return {
        none: count === 0,
        visit: ({ value }, emit) => {
          left -= 1;
          emit(value);
          return left === 0;
        },
      };
    },
  );

export const drop = (count: number): Op =>
  op(
    `drop(${count})`,
    (_, name) => sluice.drop(count, name),
    () => {
      let seen = 0;
      return {
        visit: ({ value }, emit) => {
          seen += 1;
          if (seen > count) emit(value);
          return false;
        },
      };
    },
  );

export const batch = (size: number): Op =>
  op(
    `batch(${size})`,
    (_, name) => sluice.batch(size, name),
    () => {
      const held: Item[] = [];
      const letGo = (emit: (value: unknown, from: number[]) => void) => {
        const items = held.splice(0);
        if (items.length > 0)
          emit(
            items.map(({ value }) => value),
            items.flatMap(({ from }) => from),
          );
      };
      return {
        visit: (item, emit) => {
          if (held.push(item) === size) letGo(emit);
          return false;
        },
        flush: letGo,
        held: () => held.flatMap(({ from }) => from),
      };
    },
  );

export const window = (size: number): Op =>
  op(
    `window(${size})`,
    (_, name) => sluice.window(size, name),
    () => {
      const seen: unknown[] = [];
      return {
        visit: ({ value }, emit) => {
          if (seen.push(value) >= size) emit(seen.slice(-size));
          return false;
        },
      };
    },
  );

export const pairwise = (): Op =>
  op(
    'pairwise',
    (_, name) => sluice.pairwise(name),
    () => {
      const seen: unknown[] = [];
      return {
        visit: ({ value }, emit) => {
          if (seen.push(value) > 1) emit(seen.slice(-2));
          return false;
        },
      };
    },
  );

export const enumerate = (start: number): Op =>
  op(
    `enumerate(${start})`,
    (_, name) => sluice.enumerate({ start, ...name }),
    () => {
      let seen = 0;
      return {
        visit: ({ value }, emit) => {
          seen += 1;
          emit([start + seen - 1, value]);
          return false;
        },
      };
    },
  );
