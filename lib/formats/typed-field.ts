const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** More digits than a number holds for certain. */
const MOST_DIGITS = 15;

/**
 * The number or boolean that a text is, as JSON writes them. Any other text stays one: also a number with a zero before
 * it (a postcode) or with more than 15 digits (an identifier), which would not come back as it was.
 */
export function typedField(text: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (!NUMBER.test(text)) return text;
  const digits = text.length > MOST_DIGITS ? digitsIn(text) : text.length;
  return digits > MOST_DIGITS ? text : Number(text);
}

/** Without those of the exponent. */
const digitsIn = (text: string): number => text.replace(/[eE].*$|[-.]/g, '').length;
