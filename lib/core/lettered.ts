import { Awaiting } from './awaiting.js';
import { closeAll } from './close-all.js';
import type { Drain, DrainHost } from './drain.js';
import type { Host } from './host.js';
import type { LetterWriter } from './letter-writer.js';
import type { Through } from './link.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import type { Step } from './step.js';
import { StepPull } from './step-pull.js';
import { NOTHING, type Wait } from './wait.js';

/** A step whose callback writes to a dead letter, which has to be opened, ended and closed with it. */
export function lettered(step: Step<unknown>, letters: LetterWriter): Through {
  return {
    name: step.name,
    transparent: true,
    through: letteredThrough((upstream, host, ref) => {
      const source = upstream(host);
      const pull = (): Pulled<unknown> => {
        const item = source.pull();
        letters.acks = host.acks;
        return item;
      };
      return new StepPull({ pull, close: () => source.close() }, step, host, ref);
    }, letters),
  };
}

/** The same for a stage that pulls in a way of its own. */
export const letteredThrough =
  <I, O>(make: Through<I, O>['through'], letters: LetterWriter): typeof make =>
  (upstream, host, ref) => {
    const pull = new LetteredPull(make(upstream, host, ref), host, letters);
    letters.open(host, ref);
    return pull;
  };

class LetteredPull<O> implements Pull<O> {
  readonly #stage: Pull<O>;
  readonly #host: Host;
  readonly #letters: LetterWriter;
  readonly #ending: Awaiting<void>;
  #asked = false;

  constructor(stage: Pull<O>, host: Host, letters: LetterWriter) {
    this.#stage = stage;
    this.#host = host;
    this.#letters = letters;
    this.#ending = new Awaiting(host);
  }

  pull(): Pulled<O> {
    if (!this.#asked) this.#refuseSync();
    if (this.#ending.busy) return WAIT;
    if (!this.#ending.free) return this.#ended();
    const item = this.#stage.pull();
    return item === END ? this.#end() : item;
  }

  /** A dead letter always has to be waited for at the end: better said before anything is done. */
  #refuseSync(): void {
    this.#asked = true;
    this.#host.waiting();
    this.#host.arrived();
  }

  #end(): typeof WAIT | typeof END {
    const closing = this.#letters.end();
    if (!closing) return END;
    this.#ending.start(closing);
    return WAIT;
  }

  #ended(): typeof END {
    this.#ending.take();
    return END;
  }

  waits(): readonly Wait[] {
    if (this.#ending.busy) return this.#ending.waits('its dead letter to end');
    return this.#stage.waits?.() ?? NOTHING;
  }

  close(): void | Promise<void> {
    return closeAll([this.#stage, this.#letters]);
  }
}

/** A drain whose callback does. */
export function letteredDrain<I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  letters: LetterWriter,
): Omit<Drain<I, R>, 'name'> {
  let loop: DrainHost | undefined;
  return {
    ...drain,
    open: (opening, ref) => {
      loop = opening;
      // Plain pulls only: a compiled loop says how far it has come when it stops, not while an item is being taken.
      loop.interrupted = true;
      letters.open(opening, ref);
      return drain.open?.(opening, ref);
    },
    take: (item, context) => {
      letters.acks = loop?.acks;
      return drain.take(item, context);
    },
    end: async (context) => {
      await letters.end();
      return (await drain.end?.(context)) as R;
    },
    close: (error) => closeAll([{ close: () => drain.close?.(error) }, letters]),
  };
}
