import { refuses } from './refuses.js';

/**
 * Tests that a call refuses every count that is no integer from `least`, including undefined unless there is a default.
 */
export function refusesCounts(
  title: (count: unknown) => string,
  call: (count: never) => unknown,
  { who, name, least, none }: { who: string; name: string; least: number; none?: null },
): void {
  const counts = [least - 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '2', none];
  for (const count of new Set<unknown>(counts)) {
    const message = `${who}: ${name} must be an integer from ${least}, got ${count}`;
    refuses(`${title(count)} is refused at the call`, () => call(count as never), message);
  }
}
