import { validateCount, validateOptions } from '../core/base/validate.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { validateBoolean } from './csv/options.js';
import { TABLE_WRITING, TableEncoder, type TableWriting } from './table/encoder.js';
import { needPackage } from './text/load-package.js';

/** Options of `formatTable`. */
export interface FormatTableOptions extends NameOptions, TableWriting {}

/**
 * Items as a table for people to read, in chunks of UTF-8: one column for each property, numbers aligned right, column
 * widths as a terminal displays them. The table is not made to be parsed: text that does not fit is cut off.
 *
 * Emits: the header and the held rows once `rows` items are held or the input is idle; after that, each row with the
 * same column widths. A row with another column begins a new table.
 * Holds: at most `rows` items.   Ends: with its input, after the rows it holds.
 * Fails: when reading an item throws, as a getter may.
 *
 * @param options `width`: how many characters wide the table may be, an integer from 1, default as many as are needed.
 * `rows`: how many rows determine the column widths, an integer from 1, default 1000. `color`: whether the column names
 * are bold, default `false`.
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
  needPackage('formatTable', 'string-width');
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
