import { ArgumentError } from '../base/errors.js';
import { validateCount, validateOneOf } from '../base/validate.js';
import type { Context } from '../protocol/context.js';
import { CompletionOrder, InputOrder, type OutputOrder, PerKeyOrder } from './output-order.js';

/** In which order what is made side by side goes out. */
export type Order<I> = 'input' | 'completion' | ((item: I, context: Context) => unknown);

/** Options of what can work on several items at once. */
export interface ConcurrencyOptions<I> {
  /** How many calls may be under way; an integer from 1. Default 1: one after another. */
  readonly concurrency?: number | undefined;
  /**
   * `input`: as the items came in. `completion`: as the calls finish. A function answers an item's key: items of one key
   * are worked on one after another and keep their order, others are as with `completion`. Default `input`. Only along with
   * `concurrency`: one after another, items keep their order in any case.
   */
  readonly order?: Order<I> | undefined;
}

/** Their names. */
export const CONCURRENCY = ['concurrency', 'order'] as const;

/** What concurrency is asked for; undefined is none. */
export interface Concurrency {
  readonly limit: number;
  readonly order: () => OutputOrder;
}

/** Checks the options at the call. */
export function readConcurrency<I>(
  who: string,
  options: ConcurrencyOptions<I> | undefined,
): Concurrency | undefined {
  const { concurrency: limit = 1, order = 'input' } = options ?? {};
  validateCount(who, 'concurrency', limit, 1);
  if (typeof order !== 'function') validateOneOf(who, 'order', order, ['input', 'completion']);
  if (options?.order !== undefined && options.concurrency === undefined)
    throw new ArgumentError(
      `${who}: order must come with concurrency; without, items keep their order`,
    );
  if (limit === 1) return undefined;
  if (typeof order === 'function') {
    const keyOf = order as (item: unknown, context: Context) => unknown;
    return { limit, order: () => new PerKeyOrder(keyOf) };
  }
  return { limit, order: () => (order === 'input' ? new InputOrder() : new CompletionOrder()) };
}
