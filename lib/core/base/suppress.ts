/** Adds a later error to `winner.suppressed`, with the errors suppressed by it, each once, so that no error is lost. */
export function suppress(winner: unknown, later: unknown): void {
  if (!(winner instanceof Error) || !Object.isExtensible(winner)) return;
  if (isPrematureClose(later)) return;
  const noted = suppressedBy(winner);
  const known = [winner, ...(noted ?? [])].map(rootOf);
  if (known.includes(rootOf(later))) return;
  if (noted) noted.push(later);
  else if (!('suppressed' in winner))
    Object.defineProperty(winner, 'suppressed', { value: [later], configurable: true });
  for (const each of suppressedBy(later) ?? []) suppress(winner, each);
}

/** Whether an error is mostly only the effect of a failure elsewhere in the run. */
export const isPrematureClose = (error: unknown): boolean =>
  (error as { code?: unknown } | null | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** The errors suppressed by an error. JavaScript's own `SuppressedError` has a single error under this name. */
export function suppressedBy(error: unknown): unknown[] | undefined {
  const { suppressed } = (error ?? {}) as { suppressed?: unknown };
  return Array.isArray(suppressed) ? suppressed : undefined;
}

/** A `StageError` only says where its cause was thrown. Its code tells, as the module of its class imports this one. */
function rootOf(error: unknown): unknown {
  const isNamed = error instanceof Error && 'code' in error && error.code === 'ERR_SLUICE_STAGE';
  return isNamed ? error.cause : error;
}
