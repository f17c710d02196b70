import { AbortError, StageError } from '../base/errors.js';

/** What every callback gets as its second argument. */
export interface Context {
  /**
   * Aborts when the run fails or is aborted, and when the stage's results are not wanted any more. The run waits for what is
   * under way, up to 100 ms.
   */
  readonly signal: AbortSignal;
}

/**
 * Makes its signal only when somebody reads it: most callbacks never do. One that is part of another aborts with it,
 * without `AbortSignal.any`, whose dependents stay with the other for as long as that lives.
 */
export class LazyContext implements Context {
  readonly #whole: LazyContext | undefined;
  /** Those of its parts that have a signal. */
  #parts: Set<LazyContext> | undefined;
  #controller: AbortController | undefined;
  #own: { readonly reason: unknown } | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Whether a synchronous reader is at work, for whom nothing may wait. */
  synchronous: boolean;

  constructor(whole?: LazyContext) {
    this.#whole = whole;
    this.synchronous = whole?.synchronous ?? false;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      const over = this.#over;
      if (over) this.#controller.abort(over.reason);
      else this.#joinWhole();
    }
    return this.#controller.signal;
  }

  get #over(): { readonly reason: unknown } | undefined {
    return this.#own ?? (this.#whole ? this.#whole.#over : undefined);
  }

  /** What it was aborted with, itself or as a part; none as long as things have only ended early. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure ?? this.#whole?.failure;
  }

  /** Without a reason, nobody wants any results, and nothing is wrong. */
  abort(reason?: unknown): void {
    if (reason !== undefined && !isBreak(reason)) this.#failure ??= { error: reason };
    if (this.#over) return;
    this.#own = { reason };
    this.#tell(reason);
    this.leave();
  }

  #tell(reason: unknown): void {
    this.#controller?.abort(reason);
    for (const part of this.#parts ?? []) part.#tell(reason);
    this.#parts = undefined;
  }

  /** The whole may be part of another, and have had nobody to tell so far. */
  #joinWhole(): void {
    const whole = this.#whole;
    if (!whole) return;
    whole.#parts ??= new Set();
    whole.#parts.add(this);
    whole.#joinWhole();
  }

  /** Nobody is left who listens. */
  leave(): void {
    const whole = this.#whole;
    if (whole) whole.#parts?.delete(this);
  }

  /**
   * Whether `error` is only what code says that obeys this signal: its reason, or an `AbortError` whose cause is the
   * reason or that gives none. That is no news; whatever else comes of an abort is.
   */
  readonly echoes = (error: unknown): boolean => {
    const over = this.#over;
    if (!over) return false;
    const said = error instanceof StageError ? error.cause : error;
    const reason = over.reason ?? this.#controller?.signal.reason;
    const reasons = [reason, ...(isOurs(reason) ? [reason.cause] : [])];
    if (reasons.includes(said)) return true;
    const { name, cause } = (said ?? {}) as { name?: unknown; cause?: unknown };
    return name === 'AbortError' && (cause === undefined || reasons.includes(cause));
  };
}

const isOurs = (reason: unknown): reason is StageError | AbortError =>
  reason instanceof StageError || reason instanceof AbortError;

/** A `break` out of `for await` comes as an AbortError of Node's; a signal's has the signal's reason as its cause. */
function isBreak(reason: unknown): boolean {
  const { code, name } = (reason ?? {}) as { code?: unknown; name?: unknown };
  return code === 'ABORT_ERR' && name === 'AbortError' && !('cause' in (reason as object));
}
