/**
 * Characters that could lead out of the folder, hide the file or disturb a terminal; and `%`, which marks encoded ones.
 */
const UNSAFE = /[\p{Cc}/\\%]|^\./gu;

/**
 * A value as a part of a file name. `decodeURIComponent` restores its text. No value can lead to another folder or make
 * a hidden file. Undefined for a value without a text, or with an empty one.
 */
export function fileName(value: unknown): string | undefined {
  const text = textOf(value);
  return text?.isWellFormed() ? text.replace(UNSAFE, escaped) : undefined;
}

function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value || undefined;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return isDate(value) ? value.toISOString() : undefined;
  }
}

const isDate = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());

/** `encodeURIComponent` does not encode dots. */
const escaped = (char: string): string => (char === '.' ? '%2E' : encodeURIComponent(char));
