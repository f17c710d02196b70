interface Labelled {
  /** What errors call the expression, such as `stage 1`. */
  readonly whose: string;
  readonly text: string;
}

/** The expression in the name of a stage, if the stage is made from one. */
export function expressionOf(name: string): Labelled | undefined {
  const [, whose, text] = /^(.*?) `(.*)`$/s.exec(name) ?? [];
  return whose && text ? { whose, text } : undefined;
}
