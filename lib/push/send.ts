import { Deferred } from '../core/base/deferred.js';
import { ClosedError } from '../core/base/errors.js';
import { Ack } from '../core/protocol/ack.js';

type State = 'waiting' | 'answered' | 'rejected';

/** One item on its way: the promise of its answer is made only when somebody asks, which is mostly once it is there. */
export class Send extends Ack {
  #state: State = 'waiting';
  #outcome: unknown;
  #deferred: Deferred<unknown> | undefined;
  #others: Set<Send> | undefined;

  /** It has no answer yet. */
  get waiting(): boolean {
    return this.#state === 'waiting';
  }

  /** Waits among others, until it has its answer. */
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

  /** Nobody will take the item any more. */
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
