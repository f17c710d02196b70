import { loadPackage } from './load-package.js';

type StringWidth = { readonly default: (text: string) => number };

/** Each printable ASCII character takes one column. */
const PLAIN = /^[ -~]*$/;

/** The width of a text in columns of a terminal: East Asian characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return (loadPackage('string-width') as StringWidth).default(text);
}

/** Shortens a text to `width` columns; `…` replaces what is cut off. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let fitting = '';
  let left = width - 1;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    left -= textWidth(segment);
    if (left < 0) break;
    fitting += segment;
  }
  return `${fitting}…`;
}
