import { FormatError } from '../text/format-error.js';
import { described } from '../text/message-text.js';

/** An item as one line of JSON. Inside an item, `JSON.stringify` decides what is left out or becomes null. */
export function ndjsonLine(item: unknown, index: number): string {
  const line = stringify(item, index);
  if (line === undefined) {
    throw new FormatError(
      index,
      `is ${described(item)}, which JSON cannot represent; map or filter it first`,
    );
  }
  if (line === 'null') {
    throw new FormatError(index, 'would be written as null, which cannot be read back as an item');
  }
  return line;
}

function stringify(item: unknown, index: number): string | undefined {
  try {
    return JSON.stringify(item);
  } catch (error) {
    throw new FormatError(index, `cannot be written as JSON: ${firstLine(error)}`, {
      cause: error,
    });
  }
}

/** The message about a cycle draws it on the lines after the first. */
const firstLine = (error: unknown): string =>
  String((error as Error).message)
    .split('\n', 1)
    .join();
