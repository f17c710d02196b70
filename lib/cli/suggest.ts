import type { Unknown } from './command-error.js';

/** The known word nearest to an unknown one, if it is near enough to be meant. */
export async function suggest({ word, known }: Unknown): Promise<string | undefined> {
  const { closest, distance } = await import('fastest-levenshtein');
  const nearest = closest(word, known);
  const most = Math.max(2, Math.floor(word.length / 3));
  return distance(word, nearest) <= most ? nearest : undefined;
}
