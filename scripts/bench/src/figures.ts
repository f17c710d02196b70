/** A round number as it is said: 1e6. */
export const short = (items: number): string => items.toExponential().replace('+', '');

/** A figure with no more digits than tell something. */
export function digits(figure: number): string {
  if (figure >= 100) return figure.toFixed(0);
  if (figure >= 0.1) return figure.toFixed(figure >= 10 ? 1 : 2);
  return figure.toPrecision(1);
}
