const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * The number or boolean of a text, if JavaScript writes that value as the same text. Any other text stays a string,
 * because it would be written back differently: `1.50`, `1e3`, `-0`, a postcode with a leading zero, an identifier with
 * too many digits.
 */
export function typedField(text: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  // The first character shows that most texts are not numbers, `Infinity` and `NaN` among them.
  const first = text.charCodeAt(0);
  if (first !== MINUS && !(first >= ZERO && first <= NINE)) return text;
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}
