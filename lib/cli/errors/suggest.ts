import type { Unknown } from './command-error.js';

const NEAR = 2;

/** The known word that is nearest to an unknown one; undefined if none is near. */
export async function suggest({ word, known }: Unknown): Promise<string | undefined> {
  const { distance } = await import('fastest-levenshtein');
  let nearest: string | undefined;
  let least = Math.max(NEAR, Math.floor(word.length / 3)) + 1;
  for (const each of known) {
    // Of two equally near words, the one with the same first letter is more likely.
    const begins = each[0] === word[0] ? 0 : 0.5;
    const far = distance(word.toLowerCase(), each.toLowerCase()) + begins;
    if (far < least) [nearest, least] = [each, far];
  }
  return nearest;
}
