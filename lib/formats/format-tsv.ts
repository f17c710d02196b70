import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import { coalesceRows } from './csv/coalesce-rows.js';
import { CSV_WRITING, CsvEncoder } from './csv/encoder.js';
import type { FormatCsvOptions } from './format-csv.js';

/**
 * Items as rows with tabs between the fields: `formatCsv` with `delimiter: '\t'`.
 *
 * Emits: a chunk of whole rows once about 64 KiB are held, and everything held whenever the input is idle.
 * Holds: about 64 KiB.   Ends: as `formatCsv` does.   Fails: as `formatCsv` does.
 *
 * @param options those of `formatCsv`; `delimiter`: default a tab.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * const [chunk] = await pipeline([['a', 1], ['b, c', true]], formatTsv(), toArray());
 * String(chunk) // 'a\t1\nb, c\ttrue\n'
 */
export function formatTsv(options: FormatCsvOptions = {}): Stage<object, Buffer> {
  validateOptions('formatTsv', options, CSV_WRITING);
  return stage<object, Buffer>(
    'formatTsv',
    coalesceRows(new CsvEncoder('formatTsv', { delimiter: '\t', ...options })),
    options,
  );
}
