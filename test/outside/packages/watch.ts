import type { Duplex } from 'node:stream';
import { listeners } from '../../helpers/listeners.js';
import { errorName } from './failure.js';
import type { Part } from './kind.js';

/** What has become of a stream. */
export interface Fate {
  readonly isDestroyed: boolean;
  /** The error that `_destroy` was called with; undefined if it was not called. */
  readonly given: string | undefined;
  readonly isOpen: boolean;
  /** Events with more listeners than before the run. */
  readonly left: readonly string[];
}

type Destroy = (error: Error | null, callback: (error?: Error | null) => void) => void;

/** Notes what a run does to a stream, adding no listener that could hear an error for it. */
export class Watch {
  readonly #part: Part;
  readonly #before: Record<string, number>;
  #given: string | undefined;

  constructor(part: Part) {
    this.#part = part;
    const stream = part.stream as Partial<Duplex>;
    this.#before = this.#listeners();
    const { _destroy } = stream;
    // That of streamx takes a callback alone, and others have none.
    if (typeof _destroy !== 'function' || _destroy.length !== 2) return;
    const destroy: Destroy = _destroy.bind(stream);
    stream._destroy = (error, callback) => {
      this.#given ??= errorName(error);
      destroy(error, callback);
    };
  }

  async fate(): Promise<Fate> {
    const { destroyed, closed } = this.#part.stream as Partial<Duplex>;
    const now = Object.entries(this.#listeners());
    return {
      isDestroyed: destroyed === true || closed === true,
      given: this.#given,
      isOpen: (await this.#part.isOpen?.()) ?? false,
      left: now
        .filter(([event, count]) => count > (this.#before[event] ?? 0))
        .map(([event]) => event),
    };
  }

  #listeners(): Record<string, number> {
    const stream = this.#part.stream as Partial<Duplex>;
    return typeof stream.eventNames === 'function' ? listeners(stream as Duplex) : {};
  }
}
