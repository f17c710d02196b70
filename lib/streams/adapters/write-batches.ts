import { ClosedError, type StageRef, stageError } from '../../core/base/errors.js';
import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { WAIT } from '../../core/protocol/pull.js';

type Chunk = Uint8Array | string;

/** A writer of Node's `stream/iter`, described by the methods that are used. */
export interface Writer {
  writev(chunks: readonly Chunk[]): PromiseLike<unknown>;
  end(): PromiseLike<unknown>;
  fail(reason: unknown): unknown;
}

const METHODS = ['write', 'writev', 'end', 'fail'] as const;

/** Recognised by its methods, so that nothing of `stream/iter` is loaded. */
export const isWriter = (value: unknown): value is Writer =>
  typeof value === 'object' &&
  value !== null &&
  METHODS.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** How much is gathered while a batch is being written. */
const ROOM = 65_536;

/**
 * Makes a drain of a writer. Each batch is waited for, as a second write would be refused while the first is pending;
 * what comes meanwhile is the next batch. The writer's errors are not wrapped; `end: false` leaves it open.
 */
export function writeBatches(writer: Writer, end = true): Drain<unknown, void> {
  let loop: DrainHost | undefined;
  let ref: StageRef | undefined;
  let held: Chunk[] = [];
  let size = 0;
  let full = false;
  let writing: Promise<void> | undefined;
  let done = !end;

  const write = async (): Promise<void> => {
    while (held.length > 0) {
      const batch = held;
      held = [];
      size = 0;
      const waited = full;
      full = false;
      // The loop may give the next items at once.
      if (waited) loop?.unblock();
      await writer.writev(batch);
    }
    writing = undefined;
  };
  const start = (): Promise<void> => {
    writing ??= write();
    // The loop reports a failure; who waits for this promise at the end gets the same.
    writing.catch((error: unknown) => loop?.fail(error));
    return writing;
  };

  return {
    name: 'writer',
    transparent: true,
    bytes: true,
    open: (opening, place) => {
      loop = opening;
      ref = place;
    },
    take: (item) => {
      if (typeof item !== 'string' && !(item instanceof Uint8Array))
        throw stageError(ref as StageRef, refused(item), undefined, item);
      held.push(item);
      size += item.length;
      if (!writing) void start();
      full = size >= ROOM;
      return full ? WAIT : undefined;
    },
    waits: () => [{ what: 'the writer to take a batch', held: size, unit: 'bytes' }],
    end: async () => {
      await writing;
      if (end) await writer.end();
      done = true;
    },
    close: (error) => {
      if (!done) writer.fail(error ?? new ClosedError('the run'));
    },
  };
}

/** The writer would take any object, and write "[object Object]". */
const refused = (item: unknown): TypeError =>
  new TypeError(
    `a writer takes bytes (a Uint8Array) or text, got ${Array.isArray(item) ? 'an array' : typeof item}; format the items before it, as formatNdjson does`,
  );
