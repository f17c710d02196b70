import { ArgumentError } from '../../core/base/errors.js';
import { validateOneOf } from '../../core/base/validate.js';
import { TEXT, type TextOptions } from '../text/line-decoder.js';

/** What a column's text becomes. */
export type FieldParser = (text: string) => unknown;

/** How rows of fields are read. */
export interface CsvReading extends TextOptions {
  /** What stands between fields: one character. */
  readonly delimiter?: string | undefined;
  /** Whether fields may stand in double quotes. False: a quote is a character like any other. Default true. */
  readonly quotes?: boolean | undefined;
  /**
   * True: the first row names the columns, and items are objects. An array of names: no row does. False: items are arrays.
   * Default true.
   */
  readonly header?: boolean | readonly string[] | undefined;
  /**
   * What becomes of a row with more or fewer fields than there are columns (or than the first row has). `fail`: it is bad.
   * `fit`: an object lacks what the row lacks, and has what is too much under its place, counted from 1. Default `fail`.
   */
  readonly ragged?: 'fail' | 'fit' | undefined;
  /**
   * True: `true`, `false` and numbers become such where they would be written back the same; `007` and `1.50` stay
   * strings. An object: a function for each of some columns, called with the text. Default false: all fields are strings.
   */
  readonly types?: boolean | Readonly<Record<string, FieldParser>> | undefined;
}

/** Their names. */
export const CSV_READING = [...TEXT, 'delimiter', 'quotes', 'header', 'ragged', 'types'] as const;

/** Checks at the call. */
export function validateCsvReading(who: string, options: CsvReading): void {
  const { delimiter, quotes, header, ragged = 'fail', types } = options;
  validateDelimiter(who, delimiter);
  validateBoolean(who, 'quotes', quotes);
  if (Array.isArray(header)) validateNames(who, header);
  else validateBoolean(who, 'header', header, ' or an array of names');
  validateOneOf(who, 'ragged', ragged, ['fail', 'fit']);
  if (typeof types === 'object' && types !== null) validateParsers(who, types, header);
  else validateBoolean(who, 'types', types, ' or an object of functions');
}

export function validateDelimiter(who: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value === 'string' && value.length === 1 && !'"\r\n'.includes(value)) return;
  throw new ArgumentError(
    `${who}: delimiter must be one character, and no quote or line end, got ${JSON.stringify(value)}`,
  );
}

export function validateBoolean(who: string, name: string, value: unknown, or = ''): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw new ArgumentError(`${who}: ${name} must be true, false${or}, got ${String(value)}`);
}

export function validateNames(who: string, names: readonly unknown[]): void {
  const wrong = nameFault(names);
  if (wrong) throw new ArgumentError(`${who}: header: ${wrong}`);
}

/** What keeps names from being those of columns. */
export function nameFault(names: readonly unknown[]): string | undefined {
  const odd = names.find((name) => typeof name !== 'string');
  if (odd !== undefined) return `a column's name must be a string, got ${String(odd)}`;
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) return `two columns are called ${JSON.stringify(twice)}`;
  // An assignment would change the object's prototype.
  return names.includes('__proto__') ? 'a column cannot be called __proto__' : undefined;
}

function validateParsers(who: string, types: object, header: unknown): void {
  const other = Object.entries(types).find(([, parse]) => typeof parse !== 'function');
  if (other) throw new ArgumentError(`${who}: types.${other[0]} must be a function`);
  if (header === false) throw new ArgumentError(`${who}: types by column need a header`);
}
