/** Lets time slices end wherever `ends` says so, asked at each look at the clock, while `act` runs. */
export async function inManySlices<T>(ends: () => boolean, act: () => Promise<T>): Promise<T> {
  const real = process.hrtime;
  let nowMs = 0;
  const hrtime = (): [number, number] => {
    nowMs += ends() ? 1000 : 2;
    return [Math.floor(nowMs / 1000), (nowMs % 1000) * 1e6];
  };
  process.hrtime = Object.assign(hrtime, { bigint: real.bigint });
  try {
    return await act();
  } finally {
    process.hrtime = real;
  }
}
