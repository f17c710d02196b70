import { ArgumentError } from '../../core/base/errors.js';

/** The names on the way to something in a JSON document; `*` stands for any. */
export type JsonPath = readonly string[];

/** `data.items` as its names; checked at the call. */
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
