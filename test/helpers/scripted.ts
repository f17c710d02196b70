import { setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../../lib/core/protocol/host.js';
import { END, type Pull, WAIT } from '../../lib/core/protocol/pull.js';
import { source } from '../../lib/streams/define.js';
import type { Source } from '../../lib/streams/source.js';

/** An entry of a script: no item for so long that the input counts as idle. */
export const later = Symbol('later');

/** Enough for an idle pass, also when time slices end on the way. */
const QUIET_TURNS = 10;

type Note = (...what: readonly unknown[]) => void;

/** Emits the items of a script one by one, and calls those that are functions. Notes each pull. */
export function scripted(note: Note, script: readonly unknown[]): Source<unknown> {
  return source<unknown>('scripted', { open: (host) => new ScriptPull(note, script, host) });
}

class ScriptPull implements Pull<unknown> {
  readonly #note: Note;
  readonly #script: readonly unknown[];
  readonly #host: Host;
  #next = 0;
  #waiting = false;

  constructor(note: Note, script: readonly unknown[], host: Host) {
    this.#note = note;
    this.#script = script;
    this.#host = host;
  }

  pull(): unknown {
    if (this.#waiting) return WAIT;
    this.#note('pull', this.#next);
    if (this.#next === this.#script.length) return END;
    const item = this.#script[this.#next];
    this.#next += 1;
    if (item === later) return this.#wait();
    return typeof item === 'function' ? item() : item;
  }

  close(): void {
    this.#note('close');
  }

  #wait(): typeof WAIT {
    this.#waiting = true;
    this.#host.waiting();
    void this.#comeBack();
    return WAIT;
  }

  async #comeBack(): Promise<void> {
    for (let turns = 0; turns < QUIET_TURNS; turns += 1) await turn();
    this.#waiting = false;
    this.#host.arrived();
    this.#host.wake();
  }
}
