/** Keeps the thread busy for some ms, as a costly callback does. */
export function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
