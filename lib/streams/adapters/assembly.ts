import { type Duplex, pipeline, Readable, Writable } from 'node:stream';
import { ClosedError } from '../../core/base/errors.js';
import { settleWithin } from '../../core/pulls/grace-period.js';
import { Entry } from './entry.js';

export type NodeStream = Readable | Writable | Duplex;

/**
 * Streams of the user's, and edges of ours beside them, joined by Node's own `pipeline`: its rules say when they are
 * closed and destroyed, and what is waited for.
 */
export class Assembly {
  /** Resolves when all streams are closed, with the error that Node reports. */
  readonly closed: Promise<unknown>;
  readonly #streams: readonly NodeStream[];
  readonly #added: readonly Added[];
  readonly #errors = new Set<unknown>();

  constructor(streams: readonly NodeStream[]) {
    const note = (error: unknown): void => {
      this.#errors.add(error);
    };
    const added = streams.map(addedListeners);
    this.#added = added;
    this.#streams = streams;
    this.closed = new Promise((resolve) => {
      join(streams, (error) => {
        if (error) note(error);
        void Promise.all(streams.map(closing)).then(() => {
          for (const { remove } of added) remove();
          resolve(error ?? undefined);
        });
      });
    });
    for (const stream of streams) stream.on('error', note);
    for (const { note } of added) note();
  }

  /**
   * Destroys all streams by destroying the last one that has not ended. The last stream may have ended before the first
   * has, as one in the middle may end early.
   */
  destroy(error: unknown): void {
    const last = this.#streams.length - 1;
    const open = this.#streams.findLast(
      (stream, at) => (at > 0 && !hasFinished(stream)) || (at < last && !hasEnded(stream)),
    );
    if (open) destroyOne(open, error);
  }

  /**
   * Ends the first stream for those behind it, which then give what they hold. It is destroyed, and has not ended: only
   * the listeners of Node's `pipeline` are told so.
   */
  stop(): void {
    const [first, second] = this.#streams as readonly Duplex[];
    first?.unpipe(second);
    for (const [event, listener] of this.#added[0]?.listeners ?? [])
      if (event === 'end') listener.call(first);
    if (first) destroyOne(first);
  }

  /** Resolves as `closed` does, after the streams were destroyed. One that may never close is waited for a little only. */
  async through(): Promise<void> {
    await (this.#streams.some(isInsideNext) ? settleWithin(this.closed) : this.closed);
  }

  /** The errors of the streams that are no effect of closing them. */
  get errors(): readonly unknown[] {
    return [...this.#errors].filter((error) => !isEarlyEnd(error));
  }
}

type Callback = (error?: Error | null) => void;

/** Streams that take nothing more are told of by their true reason: Node would write to them, or refuse to pipe. */
function join(streams: readonly NodeStream[], callback: Callback): void {
  const [first, ...others] = streams as readonly Duplex[];
  const refusing = others.find((stream) => stream.destroyed || stream.writableEnded);
  if (!first || !refusing) return void pipeline(streams as readonly Duplex[], callback);
  const reason = refusing.errored ?? new ClosedError(refusing.constructor.name);
  for (const stream of streams)
    destroyOne(
      stream.on('error', () => {}),
      reason,
    );
  process.nextTick(callback, reason);
}

/** Destroying a server request would also destroy its socket, and so the response, unless `socket` is null. */
function destroyOne(stream: NodeStream, error?: unknown): void {
  const { httpVersion, method } = stream as { httpVersion?: unknown; method?: unknown };
  const isRequest = typeof httpVersion === 'string' && typeof method === 'string';
  if (isRequest) (stream as { socket?: unknown }).socket = null;
  stream.destroy(error as Error);
}

const hasEnded = (stream: NodeStream): boolean =>
  (stream as StreamState)._readableState?.endEmitted ?? true;

/** An entry finishes a tick after its end, which it passes on at once. */
const hasFinished = (stream: NodeStream): boolean =>
  stream instanceof Entry
    ? stream.ended
    : ((stream as StreamState)._writableState?.finished ?? true);

/** Node itself does not always wait until a stream that it has destroyed is closed. */
function closing(stream: NodeStream): Promise<void> | undefined {
  if (!stream.destroyed || stream.closed || !willClose(stream)) return undefined;
  return new Promise((resolve) => {
    stream.once('close', resolve);
  });
}

/** Only for streams of Node's is it certain that they emit `close`. */
function willClose(stream: NodeStream): boolean {
  const { _readableState: reading, _writableState: writing } = stream as StreamState;
  const isNodes = stream instanceof Readable || stream instanceof Writable;
  return isNodes && (reading ?? writing)?.emitClose !== false;
}

/**
 * Whether a stream was made by `Readable.from`, and its iterator is giving an item: `destroy` then waits for that item,
 * which may never come. Node gives no other sign of such a stream than that its `_destroy` is its own and has no name.
 */
function isInsideNext(stream: NodeStream): boolean {
  const { _destroy: destroy, _readableState: state } = stream as StreamState;
  return Object.hasOwn(stream, '_destroy') && destroy.name === '' && state?.reading === true;
}

type StreamState = NodeStream & {
  readonly _readableState?: Readonly<Record<'emitClose' | 'reading' | 'endEmitted', boolean>>;
  readonly _writableState?: Readonly<Record<'emitClose' | 'finished', boolean>>;
};

type Listener = readonly [event: string | symbol, listener: () => void];

interface Added {
  readonly listeners: readonly Listener[];
  note(): void;
  remove(): void;
}

/**
 * Notes the listeners that a stream gets from now on, and removes them: Node leaves some. A stream that is still being
 * destroyed keeps them, as it may emit its error yet.
 */
function addedListeners(stream: NodeStream): Added {
  const now = (): readonly Listener[] =>
    stream
      .eventNames()
      .flatMap((event) =>
        stream.rawListeners(event).map((listener): Listener => [event, listener as () => void]),
      );
  const before = new Set(now().map(([, listener]) => listener));
  let added: readonly Listener[] = [];
  return {
    get listeners() {
      return added;
    },
    note: () => {
      added = now().filter(([, listener]) => !before.has(listener));
    },
    remove: () => {
      if (stream.destroyed && !stream.closed) return;
      for (const [event, listener] of added) stream.off(event, listener);
    },
  };
}

/** Whether an error only says that a stream was destroyed before its end. */
export function isEarlyEnd(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ABORT_ERR' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What streams are destroyed with when no more items are wanted: the same as Node's when a loop over a stream breaks. */
export class EarlyEnd extends Error {
  readonly code = 'ABORT_ERR';
  override readonly name = 'AbortError';

  constructor() {
    super('The operation was aborted');
  }
}

/** The names of the streams, as a shell would write them. */
export const namesOf = (streams: readonly NodeStream[]): string =>
  streams.map((stream) => stream.constructor.name).join(' | ');
