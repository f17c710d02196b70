import type { WritableStream, WritableStreamDefaultWriter } from 'node:stream/web';
import type { Drain } from '../../core/protocol/drain.js';
import { settleWithin } from '../../core/pulls/grace-period.js';

const ignore = (): void => {};

/** Recognised by its methods: naming the class would load all of Node's web streams into every program. */
export const isWebWritable = (value: unknown): value is WritableStream =>
  typeof (value as Partial<WritableStream> | null | undefined)?.getWriter === 'function';

/** Makes a drain of a user's web stream. Its errors are not wrapped; `end: false` leaves the stream open. */
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
      // `closed` reports the same failures.
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
