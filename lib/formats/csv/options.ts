import { ArgumentError } from '../../core/base/errors.js';
import { validateOneOf } from '../../core/base/validate.js';
import { TEXT, type TextOptions } from '../text/line-decoder.js';

/** Turns the text of a field into its value. */
export type FieldParser = (text: string) => unknown;

/** How rows of fields are read. */
export interface CsvReading extends TextOptions {
  /** The character between fields. */
  readonly delimiter?: string | undefined;
  /** Whether fields may be in double quotes. False: a quote is an ordinary character. Default true. */
  readonly quotes?: boolean | undefined;
  /**
   * True: the first row is the header, and items are objects. An array of names: the columns, and the first row is an
   * item. False: items are arrays. Default true.
   */
  readonly header?: boolean | readonly string[] | undefined;
  /**
   * What happens to a row with more or fewer fields than there are columns (without a header: than the first row has).
   * `fail`: it is a bad row. `fit`: the object lacks the missing fields, and has extra fields under their position,
   * counted from 1. Default `fail`.
   */
  readonly ragged?: 'fail' | 'fit' | undefined;
  /**
   * True: a field becomes a boolean or a number if that value is written back as the same text; `007` and `1.50` stay
   * strings. An object: functions by column name, called with the text. Default false: all fields are strings.
   */
  readonly types?: boolean | Readonly<Record<string, FieldParser>> | undefined;
}

/** The names of these options. */
export const CSV_READING = [...TEXT, 'delimiter', 'quotes', 'header', 'ragged', 'types'] as const;

/** Throws `ArgumentError` when an option is out of range. */
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
  const fault = nameFault(names);
  if (fault) throw new ArgumentError(`${who}: header: ${fault}`);
}

/** Why these cannot be column names; undefined if they can. */
export function nameFault(names: readonly unknown[]): string | undefined {
  const noString = names.find((name) => typeof name !== 'string');
  if (noString !== undefined) return `a column's name must be a string, got ${String(noString)}`;
  const duplicate = names.find((name, at) => names.indexOf(name) < at);
  if (duplicate !== undefined) return `two columns are called ${JSON.stringify(duplicate)}`;
  // An assignment would change the object's prototype.
  return names.includes('__proto__') ? 'a column cannot be called __proto__' : undefined;
}

function validateParsers(who: string, types: object, header: unknown): void {
  const other = Object.entries(types).find(([, parse]) => typeof parse !== 'function');
  if (other) throw new ArgumentError(`${who}: types.${other[0]} must be a function`);
  if (header === false) throw new ArgumentError(`${who}: types by column need a header`);
}
