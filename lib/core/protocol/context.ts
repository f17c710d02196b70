import { AbortError, StageError } from '../base/errors.js';

/** What every callback gets as its second argument. */
export interface Context {
  /**
   * Aborts when the run fails or is aborted, and when the stage's results are not wanted any more. The run waits for
   * what is under way, up to 100 ms.
   */
  readonly signal: AbortSignal;
}

/**
 * Makes its signal when the signal is first read: most callbacks never read it. Contexts form a tree: a run, its loops,
 * their stages and concurrent calls. When a context aborts, its children abort too. `AbortSignal.any` would do that as
 * well, but keeps every dependent signal in memory for as long as the parent's signal lives.
 */
export class LazyContext implements Context {
  readonly #parent: LazyContext | undefined;
  /** The children whose signal has been read, or that have such a child. */
  #children: Set<LazyContext> | undefined;
  #controller: AbortController | undefined;
  #ownAbort: { readonly reason: unknown } | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Set when `pull()` runs the callbacks: nothing can wait then. */
  synchronous: boolean;

  constructor(parent?: LazyContext) {
    this.#parent = parent;
    this.synchronous = parent?.synchronous ?? false;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      const aborted = this.#aborted;
      if (aborted) this.#controller.abort(aborted.reason);
      else this.#joinParent();
    }
    return this.#controller.signal;
  }

  get #aborted(): { readonly reason: unknown } | undefined {
    return this.#ownAbort ?? (this.#parent ? this.#parent.#aborted : undefined);
  }

  /** The error that this context or a parent was aborted with. Undefined after an early end, which is no failure. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure ?? this.#parent?.failure;
  }

  /** Without a reason, the results are no longer wanted, but nothing has failed. */
  abort(reason?: unknown): void {
    if (reason !== undefined && !isBreak(reason)) this.#failure ??= { error: reason };
    if (this.#aborted) return;
    this.#ownAbort = { reason };
    this.#propagate(reason);
    this.leave();
  }

  #propagate(reason: unknown): void {
    this.#controller?.abort(reason);
    for (const child of this.#children ?? []) child.#propagate(reason);
    this.#children = undefined;
  }

  /** Adds this context to its parent, and the parent to its own: it may be the first child there. */
  #joinParent(): void {
    const parent = this.#parent;
    if (!parent) return;
    parent.#children ??= new Set();
    parent.#children.add(this);
    parent.#joinParent();
  }

  /** Removes this context from its parent, so that the parent does not keep it in memory. */
  leave(): void {
    const parent = this.#parent;
    if (parent) parent.#children?.delete(this);
  }

  /**
   * Whether `error` only repeats that this signal has aborted: it is the signal's reason, or an `AbortError` whose
   * cause is the reason or that has none. Such an error is ignored; any other error after an abort is reported.
   */
  readonly echoes = (error: unknown): boolean => {
    const aborted = this.#aborted;
    if (!aborted) return false;
    const said = error instanceof StageError ? error.cause : error;
    const reason = aborted.reason ?? this.#controller?.signal.reason;
    const reasons = [reason, ...(isOurs(reason) ? [reason.cause] : [])];
    if (reasons.includes(said)) return true;
    const { name, cause } = (said ?? {}) as { name?: unknown; cause?: unknown };
    return name === 'AbortError' && (cause === undefined || reasons.includes(cause));
  };
}

const isOurs = (reason: unknown): reason is StageError | AbortError =>
  reason instanceof StageError || reason instanceof AbortError;

/**
 * Whether `reason` is a `break` out of `for await`: Node's `AbortError` has no cause then; a signal's has the reason.
 */
function isBreak(reason: unknown): boolean {
  const { code, name } = (reason ?? {}) as { code?: unknown; name?: unknown };
  return code === 'ABORT_ERR' && name === 'AbortError' && !('cause' in (reason as object));
}
