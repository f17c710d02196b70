import { Deferred } from '../core/base/deferred.js';
import { ClosedError } from '../core/base/errors.js';
import { Ack } from '../core/protocol/ack.js';

type State = 'waiting' | 'answered' | 'rejected';

/**
 * One item that was sent. The promise of its answer is made only when the caller asks for it: mostly the answer is
 * there by then, and a resolved promise costs less.
 */
export class Send extends Ack {
  #state: State = 'waiting';
  #outcome: unknown;
  #deferred: Deferred<unknown> | undefined;
  #others: Set<Send> | undefined;

  /** True while it has no answer. */
  get waiting(): boolean {
    return this.#state === 'waiting';
  }

  /** Adds itself to a set, until it has its answer. */
  waitIn(others: Set<Send>): void {
    this.#others = others;
    others.add(this);
  }

  get promise(): Promise<unknown> {
    if (this.#state === 'answered') return Promise.resolve(this.#outcome);
    if (this.#state === 'rejected') return Promise.reject(this.#outcome);
    this.#deferred ??= new Deferred();
    return this.#deferred.promise;
  }

  protected override settle(answer: unknown): void {
    if (!this.#leave('answered', answer)) return;
    this.#deferred?.resolve(answer);
  }

  /** The item was discarded before any stage took it. */
  override refuse(): void {
    this.reject(new ClosedError('the producer'));
  }

  reject(error: unknown): void {
    if (!this.#leave('rejected', error)) return;
    this.#deferred?.reject(error);
  }

  #leave(state: State, outcome: unknown): boolean {
    if (!this.waiting) return false;
    this.#state = state;
    this.#outcome = outcome;
    this.#others?.delete(this);
    return true;
  }
}
