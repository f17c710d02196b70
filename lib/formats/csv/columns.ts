import { messageOf } from '../../core/base/message-of.js';
import { type CsvReading, type FieldParser, nameFault } from './options.js';
import type { CsvRow } from './row.js';
import { typedField } from './typed-field.js';

type Fields = readonly string[];

/** Turns the fields of a row into an item: an object keyed by column names, or an array. */
export class CsvColumns {
  readonly #fits: boolean;
  readonly #typed: boolean;
  readonly #types: Readonly<Record<string, FieldParser>> | undefined;
  readonly #named: boolean;
  #names: readonly string[] | undefined;
  #parsers: readonly (FieldParser | undefined)[] | undefined;
  #count: number | undefined;

  constructor({ header = true, ragged, types = false }: CsvReading) {
    this.#fits = ragged === 'fit';
    this.#typed = types === true;
    this.#types = typeof types === 'object' ? types : undefined;
    this.#named = header !== false;
    if (typeof header === 'object') this.#name(header);
  }

  /** Whether the next row is the header. */
  get wantsHeader(): boolean {
    return this.#named && !this.#names;
  }

  /** Sets the column names. Throws when they are invalid: then no row can become an item. */
  takeHeader(row: CsvRow, fields: Fields): void {
    const fault = nameFault(fields);
    if (fault) throw row.error(`${fault}; give your own names as the header`);
    const missing = Object.keys(this.#types ?? {}).find((name) => !fields.includes(name));
    if (missing !== undefined) throw row.error(`there is no column ${JSON.stringify(missing)}`);
    this.#name(fields);
  }

  /** The item of a row. Throws `ParseError` when the number of fields is wrong, or a function of `types` throws. */
  item(row: CsvRow, fields: Fields): unknown {
    this.#count ??= fields.length;
    if (fields.length !== this.#count && !this.#fits) {
      throw row.error(`expected ${this.#count} fields, found ${fields.length}`);
    }
    return this.#names ? this.#toObject(this.#names, fields, row) : this.#values(fields);
  }

  #toObject(names: Fields, fields: Fields, row: CsvRow): object {
    const item: Record<string, unknown> = {};
    for (let at = 0; at < fields.length; at += 1) {
      item[names[at] ?? String(at + 1)] = this.#value(fields[at] as string, at, row);
    }
    return item;
  }

  #values(fields: Fields): Fields | unknown[] {
    return this.#typed ? fields.map(typedField) : fields;
  }

  #value(text: string, at: number, row: CsvRow): unknown {
    if (this.#typed) return typedField(text);
    const parse = this.#parsers?.[at];
    if (!parse) return text;
    try {
      return parse(text);
    } catch (cause) {
      const name = JSON.stringify(this.#names?.[at]);
      throw row.error(`column ${name}: ${messageOf(cause)}`, { cause });
    }
  }

  #name(names: Fields): void {
    this.#names = names;
    this.#count = names.length;
    const types = this.#types;
    if (types)
      this.#parsers = names.map((name) => (Object.hasOwn(types, name) ? types[name] : undefined));
  }
}
