import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { Sink, Source, Stage } from '../../index.js';
import { Life } from './life.js';
import { quiet } from './quiet.js';

/** The kind of a part of a pipeline: a Sluice stream, any other Node stream, or no Node stream. */
export type Kind = 'ours' | 'stream' | 'other';

export function kindOf(part: unknown): Kind {
  if ([Source, Stage, Sink].some((own) => part instanceof own)) return 'ours';
  return isStream(part) ? 'stream' : 'other';
}

export function isStream(part: unknown): part is Duplex {
  const { on, destroy } = (part ?? {}) as Partial<Duplex>;
  return typeof on === 'function' && typeof destroy === 'function';
}

/** The kind of the part that `make` returns; that part is destroyed. */
export function kindMade(make: () => unknown): Kind {
  const part = make();
  // An error of this part is ignored here: the checks will find it.
  if (isStream(part)) part.on('error', () => {}).destroy();
  return kindOf(part);
}

/** How many items a part buffers when it is not read. Only Node streams that are not Sluice's buffer any. */
export function roomOf(part: unknown): number {
  if (kindOf(part) !== 'stream') return 0;
  const { readableHighWaterMark: read = 0, writableHighWaterMark: write = 0 } = part as Duplex;
  return read + write;
}

type StageFunction = (items: AsyncIterable<unknown>, context: object) => AsyncIterable<unknown>;
type SinkFunction = (items: AsyncIterable<unknown>, context: object) => unknown;

interface Watch {
  readonly role?: 'stage' | 'sink';
  /**
   * Whether to count events. A listener makes a Sluice stream run as a stream of its own, so the default excludes them.
   */
  readonly listen?: boolean;
}

/** A stage or sink, and whether it is over: closed if it is a stream, returned if it is a function. */
export class Watched {
  readonly part: unknown;
  readonly #life: Life | undefined;
  #running = 0;

  constructor(part: unknown, { role = 'stage', listen = kindOf(part) !== 'ours' }: Watch = {}) {
    this.part = typeof part === 'function' ? this.#around(part, role) : part;
    if (listen && isStream(part)) this.#life = new Life(part);
  }

  /** Waits until the part is quiet, then asserts that it is over. */
  async expectOver(): Promise<void> {
    const { part } = this;
    await quiet(() => this.#life?.closes ?? this.#running);
    if (this.#life) assert.equal(this.#life.closes, 1, 'times that it has closed');
    else if (isStream(part)) assert.equal(part.closed, true, 'closed');
    else assert.equal(this.#running, 0, 'functions that have not returned');
  }

  /** Asserts that the part has emitted no error, or this one once. */
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
