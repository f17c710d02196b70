import { type FailedItem, forEach } from '../../lib/index.js';

export const cause = new RangeError('odd');

/** Returns the number; throws if it is odd. */
export function even(x: number): number {
  if (x % 2 === 1) throw cause;
  return x;
}

/** Notes the items it gets. */
export function noting(wait: () => unknown = () => undefined) {
  const items: unknown[] = [];
  const sink = forEach(({ item }: FailedItem<unknown>) => {
    items.push(item);
    return wait();
  });
  return { items, sink };
}
