import { StepPull } from '../chain/step-pull.js';
import type { Drain, DrainHost } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import type { Through } from '../protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../protocol/pull.js';
import type { Step } from '../protocol/step.js';
import { closeAll } from '../pulls/close.js';
import { ForwardingPull } from '../pulls/forwarding-pull.js';
import { Pending } from '../pulls/pending.js';
import type { WaitReport } from '../stall/wait-report.js';
import type { DeadLetterWriter } from './dead-letter-writer.js';

/** A step whose callback writes to a dead letter. It is a `Through`, as it opens, ends and closes the dead letter. */
export function deadLetterStep(step: Step<unknown>, writer: DeadLetterWriter): Through {
  return {
    name: step.name,
    transparent: true,
    through: deadLetterThrough((upstream, host, ref) => {
      const source = upstream(host);
      const pull = (): Pulled<unknown> => {
        const item = source.pull();
        writer.acks = host.acks;
        return item;
      };
      return new StepPull({ pull, close: () => source.close() }, step, host, ref);
    }, writer),
  };
}

/** As `deadLetterStep`, for a `Through`. */
export const deadLetterThrough =
  <I, O>(make: Through<I, O>['through'], writer: DeadLetterWriter): typeof make =>
  (upstream, host, ref) => {
    const pull = new DeadLetterPull(make(upstream, host, ref), host, writer);
    writer.open(host, ref);
    return pull;
  };

class DeadLetterPull<O> extends ForwardingPull<O> {
  readonly #host: Host;
  readonly #writer: DeadLetterWriter;
  readonly #ending: Pending<void>;
  #asked = false;

  constructor(stage: Pull<O>, host: Host, writer: DeadLetterWriter) {
    super(stage);
    this.#host = host;
    this.#writer = writer;
    this.#ending = new Pending(host);
  }

  pull(): Pulled<O> {
    if (!this.#asked) this.#refuseSync();
    if (this.#ending.busy) return WAIT;
    if (!this.#ending.free) return this.#ended();
    const item = this.source.pull();
    return item === END ? this.#end() : item;
  }

  /** Fails a synchronous reader before the first item: a dead letter always has to be waited for at the end. */
  #refuseSync(): void {
    this.#asked = true;
    this.#host.waiting();
    this.#host.arrived();
  }

  #end(): typeof WAIT | typeof END {
    const closing = this.#writer.end();
    if (!closing) return END;
    this.#ending.start(closing);
    return WAIT;
  }

  #ended(): typeof END {
    this.#ending.take();
    return END;
  }

  override waits(): readonly WaitReport[] {
    if (this.#ending.busy) return this.#ending.waits('its dead letter to end');
    return super.waits();
  }

  override close(): void | Promise<void> {
    return closeAll([this.source, this.#writer]);
  }
}

/** As `deadLetterStep`, for a drain. */
export function deadLetterDrain<I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  writer: DeadLetterWriter,
): Omit<Drain<I, R>, 'name'> {
  let loop: DrainHost | undefined;
  return {
    ...drain,
    open: (opening, ref) => {
      loop = opening;
      // Generated code updates the item's index only when it stops, but the dead letter needs it for each item.
      loop.interrupted = true;
      writer.open(opening, ref);
      return drain.open?.(opening, ref);
    },
    take: (item, context) => {
      writer.acks = loop?.acks;
      return drain.take(item, context);
    },
    end: async (context) => {
      await writer.end();
      return (await drain.end?.(context)) as R;
    },
    close: (error) => closeAll([{ close: () => drain.close?.(error) }, writer]),
  };
}
