import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import type { Note } from '../helpers/account.js';

/** Sources that tell when they are asked and closed. */
const forms = {
  sync: (note: Note, items: readonly unknown[]) => watched(note, items),
  async: (note: Note, items: readonly unknown[]) => later(watched(note, items), () => true),
  'now and then': (note: Note, items: readonly unknown[]) =>
    later(watched(note, items), (at) => at % 5 === 4),
  promises: (note: Note, items: readonly unknown[]) =>
    watched(
      note,
      items.map((item, at) => (at % 3 === 1 ? Promise.resolve(item) : item)),
    ),
  // It reads ahead, so when it is asked is a matter of the clock.
  stream: (_: Note, items: readonly unknown[]) => Readable.from(items, { highWaterMark: 3 }),
};

type WatchedForm = keyof typeof forms;

export const watchedForm: fc.Arbitrary<WatchedForm> = fc.constantFrom(
  ...(Object.keys(forms) as WatchedForm[]),
);

export const watchedSource = (form: WatchedForm, note: Note, items: readonly unknown[]): unknown =>
  forms[form](note, items);

function* watched(note: Note, items: readonly unknown[]): Generator<unknown> {
  try {
    for (const [at, item] of items.entries()) {
      note('asked', at);
      yield item;
    }
    note('ended');
  } finally {
    note('closed');
  }
}

/** Some items take a turn of the event loop, the others none. */
function later(items: Generator<unknown>, waits: (at: number) => boolean): AsyncIterable<unknown> {
  let at = -1;
  const next = () => {
    at += 1;
    return waits(at) ? turn().then(() => items.next()) : items.next();
  };
  const close = () => items.return(undefined);
  const iterator = { next, return: close } as unknown as AsyncIterator<unknown>;
  return { [Symbol.asyncIterator]: () => iterator };
}
