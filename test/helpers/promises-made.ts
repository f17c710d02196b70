import { promiseHooks } from 'node:v8';

/** How many promises are made while `run` is in progress, by any code. */
export async function promisesMade(run: () => Promise<unknown>): Promise<number> {
  let made = 0;
  const stop = promiseHooks.onInit(() => {
    made += 1;
  });
  try {
    await run();
  } finally {
    stop();
  }
  return made;
}
