const LONGEST = 40;
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** At most 40 characters of a text around index `at`, without invisible characters. */
export function excerpt(text: string, at: number): string {
  const start = Math.max(0, Math.min(at - LONGEST / 2, text.length - LONGEST));
  return text.slice(start, start + LONGEST).replace(INVISIBLE, '\ufffd');
}

/** The character at index `at`, as error messages show it. */
export function quoteChar(text: string, at: number): string {
  const code = text.codePointAt(at) as number;
  const char = String.fromCodePoint(code);
  if (/[\p{C}\p{Z}]/u.test(char)) return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `\`${char}\``;
}
