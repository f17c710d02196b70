import { closingQuote } from './quote-scan.js';

/** The fields of a row whose quotes make sense, as `scanQuotes` has it. */
export function quotedFields(row: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = row[at] === '"';
    const start = isQuoted ? at + 1 : at;
    const end = isQuoted ? closingQuote(row, start) : row.indexOf(delimiter, at);
    if (end < 0) break;
    const text = row.slice(start, end);
    fields.push(isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text);
    at = isQuoted ? end + 2 : end + 1;
    if (isQuoted && end + 1 === row.length) return fields;
  }
  fields.push(row.slice(at));
  return fields;
}
