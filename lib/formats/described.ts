/** What a value is, in words. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value instanceof Date) return 'a Date';
  if (Array.isArray(value)) return 'an array';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}
