import { ArgumentError } from '../base/errors.js';
import { validateCount, validateOneOf } from '../base/validate.js';
import type { Context } from '../protocol/context.js';
import { CompletionOrder, InputOrder, type OutputOrder, PerKeyOrder } from './output-order.js';

/** The order in which concurrent results are emitted. */
export type Order<I> = 'input' | 'completion' | ((item: I, context: Context) => unknown);

/** Options of stages that can work on several items at once. */
export interface ConcurrencyOptions<I> {
  /** How many calls may be under way; an integer from 1. Default 1: one after another. */
  readonly concurrency?: number | undefined;
  /**
   * `input`: in the order of the input. `completion`: in the order in which the calls finish. A function returns an
   * item's key: items of one key are worked on one after another and keep their order, others are as with `completion`.
   * Default `input`. Only together with `concurrency`; without, items keep their order in any case.
   */
  readonly order?: Order<I> | undefined;
}

/** The names of these options. */
export const CONCURRENCY = ['concurrency', 'order'] as const;

/** The options as read. */
export interface Concurrency {
  readonly limit: number;
  readonly order: () => OutputOrder;
}

/** Checks the options at the call. Undefined if there is no concurrency. */
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
