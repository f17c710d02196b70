import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { Sink, Source, Stage } from '../../index.js';
import { Life } from './life.js';
import { quiet } from './quiet.js';

/** What a part of a pipeline is: a stream of ours, somebody else's stream, or what is no stream of Node's. */
export type Kind = 'ours' | 'stream' | 'other';

export function kindOf(part: unknown): Kind {
  if ([Source, Stage, Sink].some((own) => part instanceof own)) return 'ours';
  return isStream(part) ? 'stream' : 'other';
}

export function isStream(part: unknown): part is Duplex {
  const { on, destroy } = (part ?? {}) as Partial<Duplex>;
  return typeof on === 'function' && typeof destroy === 'function';
}

/** The kind of what `make` makes; what is made to see that is thrown away. */
export function kindMade(make: () => unknown): Kind {
  const part = make();
  // What goes wrong with it is for the checks to find.
  if (isStream(part)) part.on('error', () => {}).destroy();
  return kindOf(part);
}

/** How many items a stream of somebody else's takes before anybody reads; none is taken by whatever is pulled. */
export function roomOf(part: unknown): number {
  if (kindOf(part) !== 'stream') return 0;
  const { readableHighWaterMark: read = 0, writableHighWaterMark: write = 0 } = part as Duplex;
  return read + write;
}

type StageFunction = (items: AsyncIterable<unknown>, context: object) => AsyncIterable<unknown>;
type SinkFunction = (items: AsyncIterable<unknown>, context: object) => unknown;

interface Watch {
  readonly role?: 'stage' | 'sink';
  /** Whether to count events: whoever listens to a stream of ours has it run as a stream. Default: if it is not ours. */
  readonly listen?: boolean;
}

/** A stage or sink, and whether it is over: closed if it is a stream, returned from if it is a function. */
export class Watched {
  readonly part: unknown;
  readonly #life: Life | undefined;
  #running = 0;

  constructor(part: unknown, { role = 'stage', listen = kindOf(part) !== 'ours' }: Watch = {}) {
    this.part = typeof part === 'function' ? this.#around(part, role) : part;
    if (listen && isStream(part)) this.#life = new Life(part);
  }

  /** Once it is quiet, it is over. */
  async expectOver(): Promise<void> {
    const { part } = this;
    await quiet(() => this.#life?.closes ?? this.#running);
    if (this.#life) assert.equal(this.#life.closes, 1, 'times that it has closed');
    else if (isStream(part)) assert.equal(part.closed, true, 'closed');
    else assert.equal(this.#running, 0, 'functions that have not returned');
  }

  /** If it has emitted an error, then this one, once. */
  expectOnly(error: unknown): void {
    const errors = this.#life?.errors ?? [];
    assert.ok(errors.length <= 1, 'emitted more than one error');
    for (const emitted of errors) assert.equal(emitted, error);
  }

  #around(fn: object, role: 'stage' | 'sink'): unknown {
    const own = this;
    const around = {
      stage: async function* (items: AsyncIterable<unknown>, context: object) {
        own.#running += 1;
        try {
          yield* (fn as StageFunction)(items, context);
        } finally {
          own.#running -= 1;
        }
      },
      sink: async (items: AsyncIterable<unknown>, context: object) => {
        own.#running += 1;
        try {
          return await (fn as SinkFunction)(items, context);
        } finally {
          own.#running -= 1;
        }
      },
    };
    return Object.defineProperty(around[role], 'name', { value: (fn as SinkFunction).name });
  }
}
