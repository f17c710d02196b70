import { SKIP } from '../../core/protocol/pull.js';
import type { Step } from '../../core/protocol/step.js';
import { ChunkWriter } from './chunk-writer.js';

/**
 * A step that gathers the lines of its items into chunks of about 64 KiB. At the end, and whenever its input is idle,
 * it emits what it holds, so that finished output is not delayed.
 */
export function coalesce<T>(
  toLine: (item: T, index: number) => string,
  lineEnd = '\n',
): Omit<Step<T, Buffer>, 'name'> {
  const chunk = new ChunkWriter();
  let held = 0;
  let count = 0;
  let failure: { readonly error: unknown } | undefined;
  const flush = (): Buffer => {
    held = 0;
    return chunk.take();
  };
  const flushHeld = (): Buffer[] => (held > 0 ? [flush()] : []);
  return {
    map: (item) => {
      try {
        chunk.add(toLine(item, count) + lineEnd);
      } catch (error) {
        if (held === 0) throw error;
        // The lines before this item are good, and are emitted first.
        failure = { error };
        return flush();
      }
      held += 1;
      count += 1;
      return chunk.full ? flush() : SKIP;
    },
    done: () => {
      if (failure) throw failure.error;
      return false;
    },
    idle: flushHeld,
    end: flushHeld,
    held: () => held,
  };
}
