import { quoteChar } from './excerpt.js';

/** Where quotes stop making sense, and why. */
export interface QuoteFault {
  readonly at: number;
  readonly problem: string;
}

/** How a line of CSV ends: between fields, inside the quotes that began at `at` (-1: before this line), or not at all. */
export type QuoteScan =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly at: number }
  | ({ readonly kind: 'fault' } & QuoteFault);

const CLOSED: QuoteScan = { kind: 'closed' };

/** Follows the quotes of one line. `open`: it begins inside quotes. A quote amid a field is a character like any other. */
export function scanQuotes(line: string, delimiter: string, open: boolean): QuoteScan {
  let opening = open ? -1 : openingQuote(line, delimiter, 0);
  while (open || opening >= 0) {
    const closing = closingQuote(line, opening + 1);
    if (closing < 0) return { kind: 'open', at: opening };
    const next = closing + 1;
    if (next === line.length) return CLOSED;
    if (line[next] !== delimiter) return fault(line, next, delimiter);
    opening = openingQuote(line, delimiter, next);
    if (opening < 0) return CLOSED;
  }
  return CLOSED;
}

/** The first quote that stands at the start of a field. */
function openingQuote(line: string, delimiter: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at > 0 && line[at - 1] !== delimiter) at = line.indexOf('"', at + 1);
  return at;
}

/** A quote that is doubled closes nothing. */
export function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}

function fault(line: string, at: number, delimiter: string): QuoteScan {
  const problem = `expected ${quoteChar(delimiter, 0)} or the end of the row after a closing quote, found ${quoteChar(line, at)}`;
  return { kind: 'fault', at, problem };
}
