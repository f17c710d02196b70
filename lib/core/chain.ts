import { closeNamed } from './close-all.js';
import { AsyncError, NullItemError, type StageRef, stageError } from './errors.js';
import { Holding } from './holding.js';
import type { Host } from './host.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import { type Counter, type Step, StepPull } from './step.js';
import { TracedInput, TracedOutput } from './trace.js';

/** Where items come from: opened once, when the first item is wanted. */
export interface Origin<T = unknown> {
  readonly name: string;
  /** Its errors already name their stage, or are those of the user's own streams. */
  readonly transparent?: boolean;
  /** Fed by somebody who ends it himself, so a graceful stop is not its business. */
  readonly fed?: boolean;
  open(host: Host): Pull<T>;
}

export type Opener<T = unknown> = (host: Host) => Pull<T>;

/** A stage that pulls in a way of its own, rather than step by step. */
export interface Through<I = unknown, O = unknown> {
  readonly name: string;
  readonly transparent?: boolean;
  through(upstream: Opener<I>, host: Host, ref: StageRef): Pull<O>;
}

export type Link = Step<never, unknown> | Through<never, unknown>;

export interface Plan {
  readonly origin: Origin;
  readonly links: readonly Link[];
}

/** Joins an origin and the links behind it to one pull: the segment. `position` is the origin's place in the run. */
export function openChain(plan: Plan, host: Host, position = 0): Pull<unknown> {
  let counter: Counter = { index: -1 };
  let open: Opener = headOpener(plan.origin, { name: plan.origin.name, position }, counter);
  plan.links.forEach((link, at) => {
    const ref = { name: link.name, position: position + at + 1 };
    if ('through' in link) {
      counter = { index: -1 };
      open = throughOpener(open, link as Through, ref, counter);
    } else open = stepOpener(open, link as Step<unknown>, ref, counter);
  });
  const pull = open(host);
  // Set last: an origin may open chains of its own here, and each would set the counter to its own.
  host.counter = counter;
  return pull;
}

function headOpener(origin: Origin, ref: StageRef, counter: Counter): Opener {
  return (host) => {
    const head = new Head(() => origin.open(host), origin, ref, host, counter);
    return host.run.trace ? new TracedOutput(head, ref, host.run.trace) : head;
  };
}

function stepOpener(
  upstream: Opener,
  step: Step<unknown>,
  ref: StageRef,
  counter: Counter,
): Opener {
  return (host) => {
    const { trace } = host.run;
    const build = (input: Pull<unknown>) => new StepPull(input, step, host, ref, counter);
    const source = upstream(host);
    const input = trace ? new TracedInput(source, ref, trace) : source;
    const pull =
      step.held && host.acknowledged
        ? new Holding(host, input, build, () => step.held?.() ?? 0)
        : build(input);
    return trace ? new TracedOutput(pull, ref, trace) : pull;
  };
}

function throughOpener(upstream: Opener, link: Through, ref: StageRef, counter: Counter): Opener {
  return (host) => {
    const { trace } = host.run;
    const input: Opener = (inner) =>
      trace ? new TracedInput(upstream(inner), ref, trace) : upstream(inner);
    const kind = { transparent: link.transparent ?? false, fed: true };
    const head = new Head(() => link.through(input, host, ref), kind, ref, host, counter);
    return trace ? new TracedOutput(head, ref, trace) : head;
  };
}

/** The first pull of a segment: counts items, refuses null, names failures, and minds the time slice and `stop`. */
class Head implements Pull<unknown> {
  readonly #source: Pull<unknown>;
  readonly #origin: Pick<Origin, 'transparent' | 'fed'>;
  readonly #ref: StageRef;
  readonly #host: Host;
  readonly #counter: Counter;

  constructor(
    open: () => Pull<unknown>,
    origin: Pick<Origin, 'transparent' | 'fed'>,
    ref: StageRef,
    host: Host,
    counter: Counter,
  ) {
    this.#origin = origin;
    this.#ref = ref;
    this.#host = host;
    this.#counter = counter;
    this.#source = opened(open);
  }

  pull(): Pulled<unknown> {
    if (this.#host.run.stopping && !this.#origin.fed) return this.#cut();
    if (this.#host.due()) return WAIT;
    try {
      const item = this.#source.pull();
      if (item === WAIT || item === END) return item;
      if (item === null) throw stageError(this.#ref, new NullItemError(), this.#counter.index + 1);
      this.#counter.index += 1;
      return item;
    } catch (error) {
      throw this.#named(error, this.#counter.index + 1);
    }
  }

  #cut(): typeof END {
    this.#host.run.cut = true;
    return END;
  }

  #named(error: unknown, index?: number): unknown {
    const own = !this.#origin.transparent || error instanceof AsyncError;
    return own ? stageError(this.#ref, error, index) : error;
  }

  close(): void | Promise<void> {
    return closeNamed(this.#source, (error) => this.#named(error));
  }
}

/** What can't be opened fails when it is pulled: then there is a whole chain to close. */
function opened(open: () => Pull<unknown>): Pull<unknown> {
  try {
    return open();
  } catch (error) {
    const pull = (): never => {
      throw error;
    };
    return { pull, close: () => {} };
  }
}
