import { SKIP } from '../core/pull.js';
import type { Step } from '../core/step.js';

/** A chunk is let go at this many UTF-16 code units: bytes, where the text is ASCII. */
const FULL = 65_536;

/**
 * A step that gathers the lines of its items into chunks of about 64 KiB. It lets go of what it holds at the end and
 * whenever its input is idle, so that nobody waits for output that is ready.
 */
export function coalesce<T>(
  toLine: (item: T, index: number) => string,
): Omit<Step<T, Buffer>, 'name'> {
  let text = '';
  let held = 0;
  let count = 0;
  let failure: { readonly error: unknown } | undefined;
  const letGo = (): Buffer => {
    const chunk = Buffer.from(text);
    text = '';
    held = 0;
    return chunk;
  };
  const letGoAny = (): Buffer[] => (held > 0 ? [letGo()] : []);
  return {
    map: (item) => {
      try {
        text += `${toLine(item, count)}\n`;
      } catch (error) {
        if (held === 0) throw error;
        // What came before it is good, and goes first.
        failure = { error };
        return letGo();
      }
      held += 1;
      count += 1;
      return text.length < FULL ? SKIP : letGo();
    },
    done: () => {
      if (failure) throw failure.error;
      return false;
    },
    idle: letGoAny,
    end: letGoAny,
    held: () => held,
  };
}
