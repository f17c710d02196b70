/** A round number in short form, such as 1e6. */
export const short = (items: number): string => items.toExponential().replace('+', '');

/** A figure with few digits. */
export function digits(figure: number): string {
  if (figure >= 100) return figure.toFixed(0);
  if (figure >= 0.1) return figure.toFixed(figure >= 10 ? 1 : 2);
  return figure.toPrecision(1);
}
