import { loadPackage } from './load-package.js';

type StringWidth = { readonly default: (text: string) => number };

/** Printable ASCII takes a column for each character. */
const PLAIN = /^[ -~]*$/;

/** How many columns of a terminal a text takes: letters of East Asia and emoji take two, marks on a letter none. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return (loadPackage('string-width') as StringWidth).default(text);
}

/** A text that fits into `width` columns, its end left out if need be. */
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
