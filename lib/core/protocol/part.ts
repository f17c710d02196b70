/** The host of a chain, as a part of the chain sees it. */
export interface PartHost {
  /** The streams of ours that its chains were taken from. Undefined if nothing could destroy them in time. */
  readonly parts?: Part[];
  fail(error: unknown): void;
}

/** A stream of ours that has given its plan to a chain: it can still be destroyed, which fails the chain's host. */
export interface Part {
  /** A larger part that contains this one, such as the `compose` that it was given to. */
  outer: Part | undefined;
  /** Called when the chain is opened. */
  enter(host: PartHost): void;
  /** Called when the host is through. */
  release(): void;
}

/** What a plan is made of, and may have been taken out of a stream of ours. */
export interface Taken {
  part?: Part | undefined;
}

/** Notes that an origin, a link or a drain was taken out of a stream. */
export function takePart(from: Taken, part: Part): void {
  let inner = from.part;
  if (!inner) {
    from.part = part;
    return;
  }
  while (inner.outer) inner = inner.outer;
  inner.outer = part;
}

export function enterParts(from: Taken, host: PartHost): void {
  for (let { part } = from; part; part = part.outer) part.enter(host);
}
