import { suppress } from '../base/suppress.js';
import type { Pull } from '../protocol/pull.js';

type Closable = Pick<Pull<unknown>, 'close'>;

/**
 * Closes all, even if one throws; then throws the first error, with the others in its `suppressed`. Returns a promise
 * only if one of them does.
 */
export function closeAll(pulls: readonly Closable[]): void | Promise<void> {
  const errors: unknown[] = [];
  const pending: Promise<unknown>[] = [];
  for (const pull of pulls) {
    try {
      const closing = pull.close();
      if (closing) pending.push(closing.catch((error: unknown) => errors.push(error)));
    } catch (error) {
      errors.push(error);
    }
  }
  const report = (): void => {
    const [first, ...later] = errors;
    for (const error of later) suppress(first, error);
    if (errors.length > 0) throw first;
  };
  return pending.length > 0 ? Promise.all(pending).then(report) : report();
}

/** Closes a pull whose signal was aborted. Errors that only repeat the abort are ignored. */
export function closeIgnoring(
  pull: Closable,
  echoes: (error: unknown) => boolean,
): void | Promise<void> {
  const obeyed = (error: unknown): void => {
    if (!echoes(error)) throw error;
  };
  try {
    return pull.close()?.catch(obeyed);
  } catch (error) {
    obeyed(error);
  }
}

/** Closes a pull. An error, also of its promise, is thrown as `named(error)`. */
export function closeNamed(
  pull: Closable,
  named: (error: unknown) => unknown,
): void | Promise<void> {
  try {
    const closing = pull.close();
    if (!closing) return;
    return closing.catch((error: unknown) => {
      throw named(error);
    });
  } catch (error) {
    throw named(error);
  }
}
