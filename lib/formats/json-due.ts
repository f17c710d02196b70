/** What may come next in a JSON document. `document`: another one, or the end. */
export type Due = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'more' | 'document';

type Container = 'array' | 'object' | undefined;

/** What closes the innermost array or object here, if anything may. */
export function closerOf(due: Due, innermost: Container): string | undefined {
  if (due === 'value or ]') return ']';
  if (due === 'name or }') return '}';
  if (due === 'more') return innermost === 'array' ? ']' : '}';
  return undefined;
}

/** What is due, in words. */
export function wanted(due: Due, innermost: Container): string {
  switch (due) {
    case 'value':
    case 'document':
      return 'a value';
    case 'value or ]':
      return 'a value or `]`';
    case 'name':
      return 'a name in double quotes';
    case 'name or }':
      return 'a name in double quotes or `}`';
    case ':':
      return '`:`';
    case 'more':
      return `\`,\` or \`${closerOf(due, innermost)}\``;
  }
}
