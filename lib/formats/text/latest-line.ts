/** On which line of its input the item stands that has come last; `before` is how many have come before it. */
type LatestLine = (before: number) => number | undefined;

const known = new WeakMap<object, LatestLine>();

/** Notes how a stage that reads text tells of its items, for those who have to say where one comes from. */
export function tellsLine<S extends object>(stage: S, latestLine: LatestLine): S {
  known.set(stage, latestLine);
  return stage;
}

export const latestLine = (stage: object, before: number): number | undefined =>
  known.get(stage)?.(before);
