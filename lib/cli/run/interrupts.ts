import { CommandError, FAILED } from '../errors/command-error.js';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

type Name = keyof typeof exitCodes;

const names = Object.keys(exitCodes) as Name[];

/**
 * What can end a run from outside. The first SIGINT or SIGTERM stops it gracefully, the second aborts it; for the third
 * there is no listener any more, so it ends the process. An event loop with nothing left to do aborts the run too: the
 * process would end without a message.
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

  /** Aborts a run that can never end, with the reason. */
  readonly stalled = (stall: Error): void =>
    this.#abort.abort(new CommandError(FAILED, `stuck: ${stall.message}`));

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** The reason of this signal is the error to report. */
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
