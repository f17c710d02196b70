/** A text up to the line of a place in it, and a caret under that place. */
export function point(text: string, at: number | undefined): string {
  const end = at === undefined ? -1 : text.indexOf('\n', at);
  const shown = end < 0 ? text : text.slice(0, end);
  const lines = shown.split('\n').map((line) => `  ${line}`);
  if (at === undefined) return lines.join('\n');
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  // A tab stays a tab, so that the caret stands where the character does.
  return [...lines, `  ${before.replace(/[^\t]/g, ' ')}^`].join('\n');
}
