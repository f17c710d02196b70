import { NullItemError } from '../../core/base/errors.js';
import { excerpt } from '../text/excerpt.js';
import { ParseError, type Place } from '../text/parse-error.js';
import { jsonError } from './error.js';

/**
 * Parses a JSON text to an item. `place`: finds the place of a UTF-16 code unit of the text. Throws `ParseError` for
 * invalid JSON and `null`.
 */
export function jsonValue(text: string, place: (unit: number) => Place): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw located(text, place) ?? error;
  }
  if (value !== null) return value;
  throw nullItem(place(text.indexOf('null')));
}

/** The error for `null`, which is valid JSON but cannot be an item. */
export function nullItem(place: Place): ParseError {
  const cause = new NullItemError();
  return new ParseError(place, 'null cannot be an item of a Node stream', { cause });
}

function located(text: string, place: (unit: number) => Place): ParseError | undefined {
  const error = jsonError(text);
  if (!error) return undefined;
  return new ParseError(place(error.at), `${error.problem}, in \`${excerpt(text, error.at)}\``);
}
