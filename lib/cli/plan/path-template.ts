import { badUsage } from '../errors/command-error.js';

/** A path with keys of items in it: `texts[0]`, `keys[0]`, `texts[1]` and so on. */
export interface PathTemplate {
  /** The texts between the keys; one more than there are keys. */
  readonly texts: readonly string[];
  /** The texts in braces. */
  readonly keys: readonly string[];
}

const PIECES = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** Reads `out/{status}.ndjson`. Doubled braces stand for themselves. */
export function pathTemplate(path: string): PathTemplate {
  const texts: string[] = [];
  const keys: string[] = [];
  let text = '';
  let from = 0;
  for (const { 0: piece, 1: key, index } of path.matchAll(PIECES)) {
    text += path.slice(from, index);
    from = index + piece.length;
    if (key?.trim()) {
      texts.push(text);
      keys.push(key.trim());
      text = '';
    } else if (piece === '{{' || piece === '}}') text += piece[0];
    else throw stray(path, piece);
  }
  return { texts: [...texts, text + path.slice(from)], keys };
}

function stray(path: string, piece: string): Error {
  const why = piece.length > 1 ? `${piece} names no field` : `a ${piece} stands alone`;
  return badUsage(
    `${path}: ${why}; {status} stands for the status of an item, {{ and }} for braces`,
  );
}
