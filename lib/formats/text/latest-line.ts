/** The input line of the latest item; `before`: how many items came before it. */
type LatestLine = (before: number) => number | undefined;

const latestLines = new WeakMap<object, LatestLine>();

/** Registers how to find the line of the latest item of a stage, for error messages. */
export function withLatestLine<S extends object>(stage: S, latestLine: LatestLine): S {
  latestLines.set(stage, latestLine);
  return stage;
}

export const latestLine = (stage: object, before: number): number | undefined =>
  latestLines.get(stage)?.(before);
