import { Awaiting } from './awaiting.js';
import type { Opener, Through } from './chain.js';
import { closeAll } from './close-all.js';
import type { Drain } from './drain.js';
import type { StageRef } from './errors.js';
import type { Host } from './host.js';
import type { LetterWriter } from './letter-writer.js';
import type { Loop } from './loop.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import type { Step } from './step.js';
import { StepPull } from './step-pull.js';

/** A step whose callback writes to a dead letter, which has to be opened, ended and closed with it. */
export function lettered(step: Step<unknown>, letters: LetterWriter): Through {
  return {
    name: step.name,
    transparent: true,
    through: (upstream, host, ref) => new LetteredPull(upstream, step, host, ref, letters),
  };
}

class LetteredPull implements Pull<unknown> {
  readonly #step: Pull<unknown>;
  readonly #host: Host;
  readonly #letters: LetterWriter;
  readonly #ending: Awaiting<void>;
  #asked = false;

  constructor(
    upstream: Opener,
    step: Step<unknown>,
    host: Host,
    ref: StageRef,
    letters: LetterWriter,
  ) {
    const source = upstream(host);
    const pull = (): Pulled<unknown> => {
      const item = source.pull();
      letters.acks = host.acks;
      return item;
    };
    this.#step = new StepPull({ pull, close: () => source.close() }, step, host, ref);
    this.#host = host;
    this.#letters = letters;
    this.#ending = new Awaiting(host);
    letters.open(host, ref);
  }

  pull(): Pulled<unknown> {
    if (!this.#asked) this.#refuseSync();
    if (this.#ending.busy) return WAIT;
    if (!this.#ending.free) return this.#ended();
    const item = this.#step.pull();
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

  close(): void | Promise<void> {
    return closeAll([this.#step, this.#letters]);
  }
}

/** A drain whose callback does. */
export function letteredDrain<I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  letters: LetterWriter,
): Omit<Drain<I, R>, 'name'> {
  let loop: Loop | undefined;
  return {
    ...drain,
    open: (opening, ref) => {
      loop = opening;
      // Plain pulls only: a compiled loop says how far it has come when it stops, not while an item is being taken.
      loop.interrupted = true;
      letters.open(opening, ref);
      drain.open?.(opening, ref);
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
