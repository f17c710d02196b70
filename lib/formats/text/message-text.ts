/** The type of a value, in words. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value instanceof Date) return 'a Date';
  if (Array.isArray(value)) return 'an array';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

/** Characters that break a line or move the cursor. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Makes a text fit on one line of a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '\ufffd');
