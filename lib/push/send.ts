import { Ack } from '../core/ack.js';
import { Deferred } from '../core/deferred.js';
import { ClosedError } from '../core/errors.js';

type State = 'waiting' | 'answered' | 'rejected';

/** One item on its way: the promise of its answer is made only when somebody asks, which is mostly once it is there. */
export class Send extends Ack {
  readonly #waiting: Set<Send>;
  #state: State = 'waiting';
  #outcome: unknown;
  #deferred: Deferred<unknown> | undefined;

  /** `waiting` are those that have no answer yet. */
  constructor(waiting: Set<Send>) {
    super();
    this.#waiting = waiting;
    waiting.add(this);
  }

  get promise(): Promise<unknown> {
    if (this.#state === 'answered') return Promise.resolve(this.#outcome);
    if (this.#state === 'rejected') return Promise.reject(this.#outcome);
    this.#deferred ??= new Deferred();
    return this.#deferred.promise;
  }

  protected override settle(answer: unknown): void {
    if (!this.#waiting.delete(this)) return;
    this.#state = 'answered';
    this.#outcome = answer;
    this.#deferred?.resolve(answer);
  }

  /** Nobody will take the item any more. */
  override refuse(): void {
    if (this.#waiting.delete(this)) this.reject(new ClosedError('the producer'));
  }

  reject(error: unknown): void {
    this.#state = 'rejected';
    this.#outcome = error;
    this.#deferred?.reject(error);
  }
}
