/** A callback that throws a number of times, then returns its item. */
export function flaky(failures: number, async = true) {
  const calls: number[] = [];
  const errors: Error[] = [];
  const answer = (x: number): number => {
    calls.push(Math.round(performance.now()));
    if (errors.length === failures) return x;
    const error = new Error(`failure ${errors.length + 1}`);
    errors.push(error);
    throw error;
  };
  const fn = async ? async (x: number) => answer(x) : answer;
  return { fn, calls, errors };
}
