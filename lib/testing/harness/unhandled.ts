type Listener = (error: unknown) => void;

const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;
type ErrorEvent = (typeof EVENTS)[number];

/** The listeners that were removed, and how many `Unhandled` listen in their place. */
const others = new Map<ErrorEvent, Listener[]>();
let listening = 0;

/** Collects unhandled errors in place of the test runner, which would report them for the test that runs by then. */
export class Unhandled {
  readonly #seen: unknown[] = [];
  readonly #note: Listener = (error) => {
    this.#seen.push(error);
  };

  constructor() {
    if (listening === 0)
      for (const event of EVENTS) {
        others.set(event, process.listeners(event as never) as Listener[]);
        process.removeAllListeners(event);
      }
    listening += 1;
    for (const event of EVENTS) process.on(event, this.#note);
  }

  /** Returns the errors collected so far, and restores the other listeners. */
  stop(): readonly unknown[] {
    for (const event of EVENTS) process.off(event, this.#note);
    listening -= 1;
    if (listening > 0) return this.#seen;
    for (const [event, each] of others) for (const other of each) process.on(event, other);
    return this.#seen;
  }
}
