import { type Duplex, pipeline } from 'node:stream';
import { Deferred } from '../../core/base/deferred.js';
import { ClosedError } from '../../core/base/errors.js';
import { settleWithin } from '../../core/pulls/grace-period.js';
import { type Added, addedListeners } from './added-listeners.js';
import {
  hasEnded,
  hasFinished,
  isClosed,
  isDestroyed,
  isInsideNext,
  isNodes,
  isSilent,
  isStreamx,
  type NodeStream,
  willClose,
} from './stream-state.js';

/**
 * Streams of the user's, and edges of ours beside them, joined by Node's own `pipeline`: its rules say when they are
 * closed and destroyed, and what is waited for.
 */
export class Assembly {
  /** Resolves when all streams are closed, with the error that Node reports. */
  readonly closed: Promise<unknown>;
  readonly #streams: readonly NodeStream[];
  readonly #added: readonly Added[];
  readonly #finish: (error?: unknown) => void;
  readonly #errors = new Set<unknown>();
  /** True once Node is through, or the streams were destroyed from here. */
  #over = false;
  #through = false;

  constructor(streams: readonly NodeStream[]) {
    const note = (error: unknown): void => {
      this.#errors.add(error);
    };
    const added = streams.map(addedListeners);
    this.#added = added;
    this.#streams = streams;
    const last = streams.length - 1;
    const closed = new Deferred<unknown>();
    this.closed = closed.promise;
    this.#finish = (error) => {
      if (this.#through) return;
      this.#over = true;
      this.#through = true;
      if (error) note(error);
      void this.#closings().then(() => {
        for (const [at, { remove }] of added.entries())
          remove(Boolean(error) && joined, joined ? at < last : at === 0);
        closed.resolve(error ?? undefined);
      });
    };
    const joined = join(streams, this.#finish);
    for (const stream of streams.slice(0, -1)) {
      stream.on('error', note);
      // Node waits for the end of a stream that has closed before it.
      stream.once('close', () => setImmediate(() => this.#expectEnd(stream)));
    }
    streams.at(-1)?.on('error', note);
    for (const { note } of added) note();
  }

  /**
   * Destroys the streams. With an error, the last one that has not ended is destroyed, and Node destroys the others with
   * that error. Without one, no more items are wanted: each is told so, as Node would make an error of that. Only those
   * which may never close need that error.
   */
  destroy(error?: unknown): void {
    if (this.#through) return;
    this.#over = true;
    const last = this.#streams.length - 1;
    const open = this.#streams.filter(
      (stream, at) => (at > 0 && !hasFinished(stream)) || (at < last && !hasEnded(stream)),
    );
    if (error) for (const stream of open.slice(-1)) destroyOne(stream, error);
    else
      for (const stream of open.reverse())
        destroyOne(stream, isNodes(stream) || isStreamx(stream) ? undefined : noMore());
    // Node waits for the end of a stream that has its end behind it, though it is destroyed and will never be read.
    setImmediate(() => {
      void this.#closings().then(() => setImmediate(this.#finish, error));
    });
  }

  #closings(): Promise<unknown> {
    return Promise.all(this.#streams.map(closing));
  }

  /** A stream that was destroyed while the one before it had not ended. Some end as if nothing had happened. */
  get brokenOff(): NodeStream | undefined {
    const all = this.#streams;
    return all.find((stream, at) => {
      const before = all[at - 1];
      return before && isDestroyed(stream) && !hasEnded(before);
    });
  }

  #expectEnd(stream: NodeStream): void {
    if (!this.#over && isSilent(stream)) this.destroy(new ClosedError(stream.constructor.name));
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
    return [...this.#errors].filter((error) => !isEarlyEnd(error) && !isLeftover(error));
  }
}

type Callback = (error?: unknown) => void;

/** False if they can't be joined. Streams that take nothing more are told of by their true reason: Node would write to them, or refuse to pipe. */
function join(streams: readonly NodeStream[], callback: Callback): boolean {
  const [first, ...others] = streams as readonly Duplex[];
  const refusing =
    others.find((stream) => isDestroyed(stream) || stream.writableEnded) ??
    (first && isSilent(first) ? first : undefined);
  if (!first || !refusing) {
    pipeline(streams as readonly Duplex[], callback);
    return true;
  }
  const reason = refusing.errored ?? new ClosedError(refusing.constructor.name);
  for (const stream of streams)
    destroyOne(
      stream.on('error', () => {}),
      reason,
    );
  setImmediate(callback, reason);
  return false;
}

/** Destroying a server request would also destroy its socket, and so the response, unless `socket` is null. */
function destroyOne(stream: NodeStream, error?: unknown): void {
  const { _consuming: consuming, method } = stream as { _consuming?: unknown; method?: unknown };
  const isRequest = typeof consuming === 'boolean' && typeof method === 'string';
  if (isRequest) (stream as { socket?: unknown }).socket = null;
  stream.destroy(error as Error);
}

/** Node itself does not always wait until a stream that it has destroyed is closed. */
function closing(stream: NodeStream): Promise<void> | undefined {
  if (!isDestroyed(stream) || isClosed(stream) || !willClose(stream)) return undefined;
  return new Promise((resolve) => {
    stream.once('close', resolve);
  });
}

/** Whether an error only says that a stream was destroyed before its end. */
export function isEarlyEnd(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ABORT_ERR' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/**
 * Whether an error comes of closing: Node destroyed the stream because those behind it were through before it, or its
 * connection was cut.
 */
const isLeftover = (error: unknown): boolean =>
  ['ERR_STREAM_DESTROYED', 'ECANCELED', 'ECONNRESET'].includes(
    String((error as { code?: unknown } | undefined)?.code),
  );

/** What Node destroys a stream with when a loop over it breaks. */
const noMore = (): Error =>
  Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' });

/** The names of the streams, as a shell would write them. */
export const namesOf = (streams: readonly NodeStream[]): string =>
  streams.map((stream) => stream.constructor.name).join(' | ');
