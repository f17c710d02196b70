interface Labelled {
  /** What errors say before it. */
  readonly whose: string;
  readonly text: string;
}

/** The expression that a stage is called by, if it comes of one. */
export function expressionOf(name: string): Labelled | undefined {
  const [, whose, text] = /^(.*?) `(.*)`$/s.exec(name) ?? [];
  return whose && text ? { whose, text } : undefined;
}
