import { ArgumentError } from '../../core/base/errors.js';

/** The names on the path to a value in a JSON document; `*` matches any name. */
export type JsonPath = readonly string[];

/** Splits `data.items` into its names. Throws `ArgumentError` when a name is empty. */
export function jsonPath(who: string, path: unknown): JsonPath {
  if (path === undefined || path === '') return [];
  if (typeof path !== 'string' || path.split('.').includes('')) {
    throw new ArgumentError(
      `${who}: path must be names with dots between them, got ${JSON.stringify(path)}`,
    );
  }
  return path.split('.');
}

export const fits = (wanted: string | undefined, name: string | number): boolean =>
  wanted === '*' || wanted === String(name);
