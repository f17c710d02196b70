import { SKIP } from '../../core/protocol/pull.js';
import type { Step } from '../../core/protocol/step.js';
import { ChunkWriter } from './chunk-writer.js';

/**
 * A step that gathers the lines of its items into chunks of about 64 KiB. It lets go of what it holds at the end and
 * whenever its input is idle, so that nobody waits for output that is ready.
 */
export function coalesce<T>(
  toLine: (item: T, index: number) => string,
  lineEnd = '\n',
): Omit<Step<T, Buffer>, 'name'> {
  const chunk = new ChunkWriter();
  let held = 0;
  let count = 0;
  let failure: { readonly error: unknown } | undefined;
  const letGo = (): Buffer => {
    held = 0;
    return chunk.take();
  };
  const letGoAny = (): Buffer[] => (held > 0 ? [letGo()] : []);
  return {
    map: (item) => {
      try {
        chunk.add(toLine(item, count) + lineEnd);
      } catch (error) {
        if (held === 0) throw error;
        // What came before it is good, and goes first.
        failure = { error };
        return letGo();
      }
      held += 1;
      count += 1;
      return chunk.full ? letGo() : SKIP;
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
