import { Readable } from 'node:stream';
import fc from 'fast-check';
import { from } from '../../lib/index.js';

/** The same items in every form that a run can read them from. */
const forms = {
  array: (items: readonly unknown[]) => items,
  generator: function* (items: readonly unknown[]) {
    yield* items;
  },
  'async generator': async function* (items: readonly unknown[]) {
    yield* items;
  },
  'generator function': (items: readonly unknown[]) => () => items.values(),
  source: (items: readonly unknown[]) => from(items),
  'touched source': (items: readonly unknown[]) => from(items).on('error', () => {}),
  readable: (items: readonly unknown[]) => Readable.from(items, { highWaterMark: 3 }),
};

export type SourceForm = keyof typeof forms;

export const sourceForm: fc.Arbitrary<SourceForm> = fc.constantFrom(
  ...(Object.keys(forms) as SourceForm[]),
);

export const inForm = (form: SourceForm, items: readonly unknown[]): unknown => forms[form](items);
