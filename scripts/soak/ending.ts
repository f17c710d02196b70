import assert from 'node:assert/strict';
import { AbortError, type Stage, StageError, take, tap } from '../../lib/index.js';
import type { Place } from './place.js';

const KINDS = ['whole', 'early', 'fail', 'abort', 'stop'] as const;
type Kind = (typeof KINDS)[number];

const cause = new Error('on purpose');

/** A random way to end a run, at a random item. A stage makes the run end so, and `of` checks that it did. */
export class Ending {
  readonly kind: Kind;
  readonly options: { readonly signal: AbortSignal; readonly stop: AbortSignal };
  readonly #at: number;
  readonly #abort = new AbortController();

  /** The run ends at one of the first `items`. `endless` excludes the ending `whole`. */
  constructor({ random, signals }: Place, items: number, { endless = false } = {}) {
    this.kind = random.from(endless ? (KINDS.slice(1) as [Kind, ...Kind[]]) : KINDS);
    this.#at = 1 + random.below(items);
    const { signal } = this.#abort;
    this.options = {
      signal: this.kind === 'abort' ? signal : signals.abort,
      stop: this.kind === 'stop' ? signal : signals.stop,
    };
  }

  get whole(): boolean {
    return this.kind === 'whole';
  }

  /** A stage that passes items on and ends the run at the chosen one. */
  gate<T>(): Stage<T, T> {
    if (this.kind === 'early') return take<T>(this.#at);
    let passed = 0;
    return tap<T>(() => {
      passed += 1;
      if (passed === this.#at) this.#act();
    });
  }

  #act(): void {
    if (this.kind === 'fail') throw cause;
    if (this.kind === 'abort' || this.kind === 'stop') this.#abort.abort();
  }

  /** Waits for the run, and checks that it ends in this way. */
  async of<R>(run: Promise<R>): Promise<R | undefined> {
    try {
      const result = await run;
      assert.ok(this.kind !== 'fail' && this.kind !== 'abort', `${this.kind} came to nothing`);
      return result;
    } catch (error) {
      if (this.kind === 'fail' && error instanceof StageError && error.cause === cause) return;
      if (this.kind === 'abort' && error instanceof AbortError) return;
      throw error;
    }
  }
}
