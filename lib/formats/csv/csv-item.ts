import type { CsvReading, FieldParser } from './options.js';

type Given<O, K extends keyof CsvReading> = O extends { readonly [P in K]?: infer V }
  ? V
  : undefined;

/** A field as `types` makes it. By column, that of any column: the others are texts. */
type Field<P> = P extends true
  ? string | number | boolean
  : P extends Readonly<Record<string, FieldParser>>
    ? string | ReturnType<P[keyof P]>
    : string;

type Columns<P> =
  P extends Readonly<Record<string, FieldParser>>
    ? { [K in keyof P]: ReturnType<P[K]> } & Record<string, Field<P>>
    : Record<string, Field<P>>;

type Row<H, P> = H extends false ? Field<P>[] : Columns<P>;

/** The options where none are given. */
export interface PlainCsv {
  readonly header?: true;
}

/** The item that a row becomes with these options; or the type that the caller names. */
export type CsvItem<T, O> = [T] extends [never] ? Row<Given<O, 'header'>, Given<O, 'types'>> : T;
