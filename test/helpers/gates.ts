import { Deferred } from '../../lib/core/base/deferred.js';

/** Calls whose promises a test settles. */
export class Gates<T = unknown> {
  /** The items that calls have been made with. */
  readonly asked: T[] = [];
  readonly signals = new Map<T, AbortSignal>();
  readonly #gates = new Map<T, Deferred<unknown>>();

  readonly call = (item: T, { signal }: { signal: AbortSignal }): Promise<never> => {
    this.asked.push(item);
    this.signals.set(item, signal);
    const gate = new Deferred<unknown>();
    this.#gates.set(item, gate);
    return gate.promise as Promise<never>;
  };

  /** The calls still pending. */
  get open(): T[] {
    return [...this.#gates.keys()];
  }

  answer(item: T, answer: unknown = item): void {
    this.#take(item).resolve(answer);
  }

  reject(item: T, error: unknown): void {
    this.#take(item).reject(error);
  }

  #take(item: T): Deferred<unknown> {
    const gate = this.#gates.get(item);
    if (!gate) throw new Error(`there was no call for ${String(item)}`);
    this.#gates.delete(item);
    return gate;
  }
}
