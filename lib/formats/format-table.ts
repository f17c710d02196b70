import { validateCount, validateOptions } from '../core/base/validate.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { validateBoolean } from './csv/options.js';
import { TABLE_WRITING, TableEncoder, type TableWriting } from './table/encoder.js';

/** Options of `formatTable`. */
export interface FormatTableOptions extends NameOptions, TableWriting {}

/**
 * Items as a table for people to read, in chunks of UTF-8: a column for each property, numbers to the right, widths as a
 * terminal shows them. It is no format to be read back: what does not fit is cut off.
 *
 * Emits: the names of the columns and the rows that are held, once there are `rows` of them or its input is idle; from
 * then on each row, with columns as wide as they were. A row with another column begins a table of its own.
 * Holds: at most `rows` items.   Ends: with its input, after the rows it holds.
 * Fails: at an item that throws when it is looked at, as by a getter.
 *
 * @param options `width`: columns of characters, an integer from 1, default as many as are needed. `rows`: how many decide
 * how wide columns are, an integer from 1, default 1000. `color`: whether the names are bold, default `false`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * const table = await pipeline([{ city: '東京', n: 7 }, { city: 'Oslo', n: 12 }], formatTable(), toArray());
 * table.join('') // 'city   n\n────  ──\n東京   7\nOslo  12\n'
 */
export function formatTable(options: FormatTableOptions = {}): Stage<unknown, Buffer> {
  validateOptions('formatTable', options, TABLE_WRITING);
  const { width, rows, color } = options;
  if (width !== undefined) validateCount('formatTable', 'width', width, 1);
  if (rows !== undefined) validateCount('formatTable', 'rows', rows, 1);
  validateBoolean('formatTable', 'color', color);
  const encoder = new TableEncoder(options);
  const flush = (): Buffer[] => (encoder.held > 0 ? [Buffer.from(encoder.flush())] : []);
  return stage<unknown, Buffer>(
    'formatTable',
    {
      map: (item) => {
        const lines = encoder.add(item);
        return lines === '' ? SKIP : Buffer.from(lines);
      },
      idle: flush,
      end: flush,
      held: () => encoder.held,
    },
    options,
  );
}
