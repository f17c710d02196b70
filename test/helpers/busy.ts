/** Keeps the thread busy for `ms`, like a costly callback. */
export function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
