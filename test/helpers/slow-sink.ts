import { Deferred } from '../../lib/core/base/deferred.js';
import { forEach } from '../../lib/sinks/for-each.js';

/** A sink that is busy with its first item until a test releases it. */
export function slowSink<T>() {
  const gate = new Deferred<void>();
  const taken: T[] = [];
  const sink = forEach((item: T) => {
    taken.push(item);
    return taken.length === 1 ? gate.promise : undefined;
  });
  return { sink, taken, go: () => gate.resolve() };
}
