import type { WritableStream, WritableStreamDefaultWriter } from 'node:stream/web';
import type { Drain } from '../../core/protocol/drain.js';
import { settleWithin } from '../../core/pulls/grace-period.js';

const ignore = (): void => {};

/** Told by what it can do: naming the class would load all of Node's web streams into every program. */
export const isWebWritable = (value: unknown): value is WritableStream =>
  typeof (value as Partial<WritableStream> | null | undefined)?.getWriter === 'function';

/** A web stream of the user's as a drain. Its errors keep their identity; `end: false` leaves it open. */
export function writeWeb(stream: WritableStream, end = true): Drain<unknown, void> {
  let writer: WritableStreamDefaultWriter<unknown> | undefined;
  let written: Promise<void> | undefined;
  let done = !end;
  return {
    name: stream.constructor.name,
    transparent: true,
    open: (loop) => {
      writer = stream.getWriter();
      writer.closed.catch((error: unknown) => {
        if (writer) loop.fail(error);
      });
    },
    take: (item) => {
      // What becomes of each item is told by `closed` as well.
      written = writer?.write(item);
      written?.catch(ignore);
      return (writer?.desiredSize ?? 0) > 0 ? undefined : writer?.ready;
    },
    waits: () => [{ what: 'the stream to take more' }],
    end: async () => {
      await (end ? writer?.close() : written);
      done = true;
    },
    close: async (error) => {
      if (!writer) return;
      const last = writer;
      writer = undefined;
      if (!done) await settleWithin(last.abort(error).catch(ignore));
      last.releaseLock();
    },
  };
}
