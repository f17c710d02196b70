import { CommandError, FAILED } from '../errors/command-error.js';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

type Name = keyof typeof exitCodes;

const names = Object.keys(exitCodes) as Name[];

/**
 * What can end a run from outside. SIGINT and SIGTERM: the first stops it gracefully, the second aborts it, and a third
 * finds nobody listening and ends the process. And an event loop with nothing left to do, where the process would end
 * without a word.
 */
export class Interrupts {
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  readonly #interrupt = (name: Name): void => this.#interrupted(name);
  readonly #stuck = (): void =>
    this.#abort.abort(
      new CommandError(FAILED, 'stuck: a stage waits for something that can never come'),
    );
  #name: Name | undefined;

  constructor() {
    for (const name of names) process.on(name, this.#interrupt);
    process.on('beforeExit', this.#stuck);
  }

  /** The run can never settle, and says why. */
  readonly stalled = (stall: Error): void =>
    this.#abort.abort(new CommandError(FAILED, `stuck: ${stall.message}`));

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Its reason is the error to report. */
  get abort(): AbortSignal {
    return this.#abort.signal;
  }

  /** The signal that stopped the run, if one did. */
  get name(): Name | undefined {
    return this.#name;
  }

  get exitCode(): number {
    return this.#name === undefined ? 0 : exitCodes[this.#name];
  }

  close(): void {
    for (const name of names) process.off(name, this.#interrupt);
    process.off('beforeExit', this.#stuck);
  }

  #interrupted(name: Name): void {
    if (this.#name === undefined) {
      this.#name = name;
      return this.#stop.abort();
    }
    for (const other of names) process.off(other, this.#interrupt);
    this.#abort.abort(new CommandError(exitCodes[name], `aborted by ${name}`));
  }
}
