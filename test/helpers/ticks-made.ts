import { createHook } from 'node:async_hooks';

/** How many ticks are scheduled while `run` is in progress, by any code. */
export async function ticksMade(run: () => Promise<unknown>): Promise<number> {
  let made = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'TickObject') made += 1;
    },
  }).enable();
  try {
    await run();
  } finally {
    hook.disable();
  }
  return made;
}
