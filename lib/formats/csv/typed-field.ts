const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * The number or boolean that a text is, if JavaScript writes that as the same text. Any other text stays one, as it would
 * not come back as it was: `1.50`, `1e3`, `-0`, a postcode with a zero before it, an identifier of too many digits.
 */
export function typedField(text: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  // Nearly all text is told by its first character; `Infinity` and `NaN` are text, too.
  const first = text.charCodeAt(0);
  if (first !== MINUS && !(first >= ZERO && first <= NINE)) return text;
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}
