import { isUtf8 } from 'node:buffer';
import { decodeUtf8 } from './decode-utf8.js';
import { jsonValue } from './json-value.js';
import { ParseError, type Place } from './parse-error.js';
import { findInvalid } from './sequence-length.js';
import { placeIn } from './text-position.js';

/** A value cut out of a document: its bytes, and where they begin. */
export interface JsonPiece {
  readonly bytes: Buffer;
  readonly start: () => Place;
}

export function parsePiece({ bytes, start }: JsonPiece): unknown {
  if (!isUtf8(bytes)) throw invalid(bytes, start());
  const text = decodeUtf8(bytes);
  return jsonValue(text, (unit) => placeIn(text, unit, start()));
}

function invalid(bytes: Buffer, start: Place): ParseError {
  const at = findInvalid(bytes);
  const before = bytes.toString('utf8', 0, at);
  const byte = bytes.toString('hex', at, at + 1).toUpperCase();
  return new ParseError(placeIn(before, before.length, start), `invalid UTF-8, byte 0x${byte}`);
}
