import { performance } from 'node:perf_hooks';

/** Lets time slices end wherever `ends` says so, asked at each look at the clock, while `act` runs. */
export async function inManySlices<T>(ends: () => boolean, act: () => Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(performance, 'now');
  let now = 0;
  performance.now = () => {
    now += ends() ? 1000 : 2;
    return now;
  };
  try {
    return await act();
  } finally {
    if (real) Object.defineProperty(performance, 'now', real);
    else Reflect.deleteProperty(performance, 'now');
  }
}
