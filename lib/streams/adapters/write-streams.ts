import type { Writable } from 'node:stream';
import { ClosedError } from '../../core/base/errors.js';
import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { WAIT } from '../../core/protocol/pull.js';
import { Assembly, isEarlyEnd, namesOf } from './assembly.js';
import { Exit } from './exit.js';
import { KeptOpen } from './kept-open.js';
import { FEED, isFed, STOP } from './shared-keys.js';
import { afterCause, throwAll } from './stream-errors.js';
import type { NodeStream } from './stream-state.js';

const isStdio = (stream: Writable): boolean =>
  stream === process.stdout || stream === process.stderr;

/**
 * The part that is the same for all drains that write to the streams behind an exit. A stage or sink of ours among them
 * tells when it has enough.
 */
export function exitDrain(
  exit: Exit,
  streams: readonly NodeStream[],
): Pick<Drain<unknown>, 'name' | 'transparent' | 'bytes' | 'take' | 'done' | 'waits'> &
  Required<Pick<Drain, 'open'>> {
  const fed = streams.filter(isFed);
  let early = false;
  const first = streams[0] as Writable;
  const bytes = !first.writableObjectMode;
  return {
    name: namesOf(streams),
    transparent: true,
    bytes,
    open: (loop) => {
      const unblock = () => loop.unblock();
      exit.roomy = () => loop.run.within(unblock);
      const stop = (): void => {
        early = true;
        loop.unblock();
      };
      for (const stream of fed) stream[FEED]({ [STOP]: stop });
    },
    take: (item) => (exit.write(item) ? undefined : WAIT),
    ...(fed.length > 0 && { done: () => early }),
    waits: () => {
      const { writableLength: held } = first;
      return [{ what: 'the stream to take more', held, unit: bytes ? 'bytes' : 'items' }];
    },
  };
}

/**
 * Makes a drain of a user's writable stream and of duplex streams before it. Their errors are not wrapped; `end: false`
 * leaves the last one open.
 */
export function writeStreams(streams: readonly NodeStream[], end = true): Drain<unknown, void> {
  const last = streams.at(-1) as Writable;
  const exit = new Exit();
  const drain = exitDrain(exit, streams);
  let loop: DrainHost | undefined;
  let assembly: Assembly | undefined;
  let settled: Promise<void> | undefined;
  let reported: unknown;

  const settle = (error: unknown): void => {
    if (error === undefined) return;
    // Other code has ended the stream: Node tells no more than that it closes.
    const isOver = isEarlyEnd(error) && last.writableEnded && !exit.ended;
    reported = isOver ? new ClosedError(drain.name) : error;
    loop?.run.within(() => loop?.fail(reported));
  };
  return {
    ...drain,
    behind: (others) => writeStreams([...(others as readonly NodeStream[]), ...streams], end),
    open: (host, ref) => {
      loop = host;
      drain.open(host, ref);
      host.run.written.set(last, undefined);
      const kept = end && !isStdio(last) ? last : new KeptOpen(last);
      assembly = new Assembly([exit, ...streams.slice(0, -1), kept]);
      settled = assembly.closed.then(afterCause(settle));
    },
    end: () => {
      void exit.end();
      return settled;
    },
    close: async (error) => {
      exit.flush();
      const left = loop?.run.written.get(last);
      loop?.run.written.delete(last);
      assembly?.destroy(error);
      await assembly?.through();
      await left?.();
      throwAll(assembly?.errors.filter((each) => each !== error && each !== reported) ?? []);
    },
  };
}
