import { setImmediate as turn } from 'node:timers/promises';

/** Gives `items`, and logs when it is opened, asked past the end, and closed after a while. */
export function logging<T>(
  log: string[],
  name: string,
  items: Iterable<T>,
): () => AsyncGenerator<T, void> {
  return async function* () {
    log.push(`${name} opened`);
    try {
      for (const item of items) yield item;
      log.push(`${name} ended`);
    } finally {
      await turn();
      await turn();
      log.push(`${name} closed`);
    }
  };
}
