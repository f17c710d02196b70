import type { Host } from './host.js';

type State = 'free' | 'busy' | 'done' | 'failed';

/** The one promise that something in a host waits for. Its outcome wakes the host and is taken at the next pull. */
export class Awaiting<T> {
  readonly #host: Host;
  #state: State = 'free';
  #outcome: unknown;
  /** Made once: only one promise is waited for at a time. */
  #done: ((value: unknown) => void) | undefined;
  #failed: ((error: unknown) => void) | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get free(): boolean {
    return this.#state === 'free';
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  start(promise: PromiseLike<T>): void {
    this.#done ??= (value) => this.#settle('done', value);
    this.#failed ??= (error) => this.#settle('failed', error);
    // Through a promise of our own kind: some thenables call back at once, or not at all like one.
    Promise.resolve(promise).then(this.#done, this.#failed);
    this.#host.waiting();
    this.#state = 'busy';
  }

  /** The value; throws what the promise rejected with. */
  take(): T {
    const failed = this.#state === 'failed';
    const outcome = this.#outcome;
    this.#state = 'free';
    this.#outcome = undefined;
    if (failed) throw outcome;
    return outcome as T;
  }

  #settle(state: State, outcome: unknown): void {
    this.#state = state;
    this.#outcome = outcome;
    this.#host.arrived();
    this.#host.wake();
  }
}
