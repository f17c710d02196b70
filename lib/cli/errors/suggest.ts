import type { Unknown } from './command-error.js';

const NEAR = 2;

/** The known word nearest to an unknown one, if it is near enough to be meant. */
export async function suggest({ word, known }: Unknown): Promise<string | undefined> {
  const { distance } = await import('fastest-levenshtein');
  let nearest: string | undefined;
  let least = Math.max(NEAR, Math.floor(word.length / 3)) + 1;
  for (const each of known) {
    // Of two that are equally near, one that begins alike is likelier meant.
    const begins = each[0] === word[0] ? 0 : 0.5;
    const far = distance(word.toLowerCase(), each.toLowerCase()) + begins;
    if (far < least) [nearest, least] = [each, far];
  }
  return nearest;
}
