import { NullItemError } from '../../core/base/errors.js';
import { excerpt } from '../text/excerpt.js';
import { ParseError, type Place } from '../text/parse-error.js';
import { jsonError } from './error.js';

/** The value of a JSON text, fit to be an item. `place`: where a UTF-16 code unit of the text stands. */
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

/** JSON has a value that no item can be. */
export function nullItem(place: Place): ParseError {
  const cause = new NullItemError();
  return new ParseError(place, 'null cannot be an item of a Node stream', { cause });
}

function located(text: string, place: (unit: number) => Place): ParseError | undefined {
  const error = jsonError(text);
  if (!error) return undefined;
  return new ParseError(place(error.at), `${error.problem}, in \`${excerpt(text, error.at)}\``);
}
