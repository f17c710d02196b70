import { type StageRef, stageError } from '../base/errors.js';
import type { Ack } from '../protocol/ack.js';
import type { Context } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { SKIP } from '../protocol/pull.js';
import type { DeadLetter } from './dead-letter.js';

interface Place {
  readonly host: Host;
  readonly ref: StageRef;
  readonly segment: Host['segment'];
}

interface Located {
  readonly index: number;
  readonly acks: readonly Ack[] | undefined;
}

/** One stage or sink that writes to a dead letter. */
export class DeadLetterWriter {
  /** Acks of the item in hand. The host's may be another item's by the time that this one fails. */
  acks: readonly Ack[] | undefined;
  /** Which item a call is for, by its context, where several are in hand. */
  locate: ((context: Context) => Located | undefined) | undefined;
  readonly #deadLetter: DeadLetter<never>;
  #place: Place | undefined;
  #left: { readonly closing: void | Promise<void> } | undefined;

  constructor(deadLetter: DeadLetter<never>) {
    this.#deadLetter = deadLetter;
    deadLetter.join();
  }

  /** When the host has opened what comes before. */
  open(host: Host, ref: StageRef): void {
    this.#place = { host, ref, segment: host.segment };
    this.#deadLetter.open(host, ref);
  }

  readonly write = (
    cause: unknown,
    item: unknown,
    context: Context,
  ): typeof SKIP | Promise<typeof SKIP> => {
    const { ref, segment } = this.#place as Place;
    const { index, acks = [] } = this.locate?.(context) ?? {
      index: segment.index,
      acks: this.acks,
    };
    const error = stageError(ref, cause, index, item);
    return this.#deadLetter.write({ item, error }, acks);
  };

  /** There is nothing more to write. */
  end(): void | Promise<void> {
    this.#left ??= { closing: this.#deadLetter.leave() };
    return this.#left.closing;
  }

  /** The stage is closed: to have ended early is no failure, so all that is there is still written. */
  close(): void | Promise<void> {
    if (!this.#place) return;
    const { failure } = this.#place.host.run.context;
    return failure ? this.#deadLetter.fail(failure.error) : this.end();
  }
}
