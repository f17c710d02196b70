import * as sluice from '../../lib/index.js';
import { name, type Row, row } from './option-row.js';

const text = { name, maxLineBytes: 1, invalidUtf8: 'fail' } as const;
const csvReading: Required<sluice.ParseCsvOptions> = {
  ...text,
  onError: 'skip',
  delimiter: ';',
  quotes: true,
  header: true,
  ragged: 'fail',
  types: true,
};
const csvWriting: Required<sluice.FormatCsvOptions> = {
  name,
  delimiter: ';',
  quotes: true,
  header: true,
  continues: false,
  lineEnd: '\n',
};

/** A row for everything that reads or writes text. */
export const formatOptionRows: Record<string, Row> = {
  formatCsv: row((o: sluice.FormatCsvOptions) => sluice.formatCsv(o), csvWriting),
  formatJson: row((o: sluice.NameOptions) => sluice.formatJson(o), { name }),
  formatLines: row((o: sluice.FormatLinesOptions) => sluice.formatLines(o), { name, lineEnd: ';' }),
  formatNdjson: row((o: sluice.NameOptions) => sluice.formatNdjson(o), { name }),
  formatTable: row((o: sluice.FormatTableOptions) => sluice.formatTable(o), {
    name,
    width: 1,
    rows: 1,
    color: true,
  }),
  formatTsv: row((o: sluice.FormatCsvOptions) => sluice.formatTsv(o), csvWriting),
  lines: row((o: sluice.LinesOptions) => sluice.lines(o), {
    ...text,
    lineEnd: ';',
    onError: 'skip',
  }),
  parseCsv: row((o: sluice.ParseCsvOptions) => sluice.parseCsv(o), csvReading),
  parseJson: row((o: sluice.ParseJsonOptions) => sluice.parseJson(o), {
    name,
    onError: 'skip',
    path: 'a',
    maxItemBytes: 1,
    invalidUtf8: 'fail',
  }),
  parseNdjson: row((o: sluice.ParseNdjsonOptions) => sluice.parseNdjson(o), {
    ...text,
    onError: 'skip',
  }),
  parseTsv: row((o: sluice.ParseCsvOptions) => sluice.parseTsv(o), csvReading),
};
