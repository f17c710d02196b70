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

/** Writes to a dead letter for one stage or sink. */
export class DeadLetterWriter {
  /** The acks of the current item. `host.acks` may belong to another item by the time this one fails. */
  acks: readonly Ack[] | undefined;
  /** Finds the item of a call by the call's context, for a stage that works on several items at once. */
  locate: ((context: Context) => Located | undefined) | undefined;
  readonly #deadLetter: DeadLetter<never>;
  #place: Place | undefined;
  #ended: { readonly closing: void | Promise<void> } | undefined;

  constructor(deadLetter: DeadLetter<never>) {
    this.#deadLetter = deadLetter;
    deadLetter.join();
  }

  /** Called when the host has opened the stages before: `host.segment` is theirs. */
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

  /** Called when the stage has no more items. Resolves when the dead letter is done, if this stage is its last. */
  end(): void | Promise<void> {
    this.#ended ??= { closing: this.#deadLetter.leave() };
    return this.#ended.closing;
  }

  /** Called when the stage is closed. An early end is no failure, so pending records are still written. */
  close(): void | Promise<void> {
    if (!this.#place) return;
    const { failure } = this.#place.host.run.context;
    return failure ? this.#deadLetter.fail(failure.error) : this.end();
  }
}
