import { AsyncLocalStorage } from 'node:async_hooks';
import { map, type Stage } from '../../lib/index.js';

export const storage = new AsyncLocalStorage<string>();

/** A stage that notes the context in which it is called. */
export const noting = <T>(seen: Set<string | undefined>): Stage<T, T> =>
  map((x: T) => {
    seen.add(storage.getStore());
    return x;
  });
