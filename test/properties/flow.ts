/** An item in the plain-array model: its value, and what it came of. */
export interface Item {
  readonly value: unknown;
  /** How far the input of its segment had been read when it came out. */
  readonly at: number;
  /** The inputs it is made of. */
  readonly from: readonly number[];
}

export interface Failure {
  readonly name: string;
  readonly index: number;
  /** The inputs of which not everything has come through. */
  readonly lost: readonly number[];
}

/** All that comes out of a stage: items, and how they end. */
export interface Flow {
  readonly items: readonly Item[];
  /** How far the input of the segment had been read at the end. */
  readonly at: number;
  readonly failure?: Failure | undefined;
}

export const flowOf = (values: readonly unknown[]): Flow => ({
  items: values.map((value, at) => ({ value, at, from: [at] })),
  at: values.length - 1,
});

/** A new segment begins: its input is counted anew. */
export const counted = (flow: Flow): Flow => ({
  ...flow,
  items: flow.items.map((item, at) => ({ ...item, at })),
  at: flow.items.length - 1,
});

/** Counts the calls of one callback and fails the one that is to fail. */
export class Guard {
  readonly #failAt: number;
  readonly #cause: Error | undefined;
  readonly #called: (() => void) | undefined;
  #calls = 0;

  constructor(failAt = -1, cause?: Error, called?: () => void) {
    this.#failAt = failAt;
    this.#cause = cause;
    this.#called = called;
  }

  check(): void {
    this.#called?.();
    this.#calls += 1;
    if (this.#calls - 1 === this.#failAt) throw this.#cause;
  }
}

type Emit = (value: unknown, from?: readonly number[]) => void;

/** What an operator does, told for one item at a time and all in one go. */
export interface Plain {
  /** It wants nothing to begin with. */
  readonly none?: boolean;
  /** Answers true when it wants no more. */
  readonly visit: (item: Item, emit: Emit) => boolean | undefined;
  /** Emits what is held. */
  readonly flush?: (emit: Emit) => void;
  /** The inputs it holds. */
  readonly held?: () => readonly number[];
}

/** Takes a flow through one operator. */
export function through(flow: Flow, name: string, { none, visit, flush, held }: Plain): Flow {
  if (none) return { items: [], at: -1 };
  const out: Item[] = [];
  let at = flow.at;
  const emit: Emit = (value, from = []) => out.push({ value, at, from });
  for (const [index, item] of flow.items.entries()) {
    at = item.at;
    try {
      if (!visit(item, (value, from = item.from) => emit(value, from))) continue;
    } catch {
      const rest = flow.items.slice(index).flatMap(({ from }) => from);
      return { items: out, at, failure: { name, index: at, lost: [...rest, ...(held?.() ?? [])] } };
    }
    flush?.(emit);
    return { items: out, at };
  }
  at = flow.at;
  if (!flow.failure) flush?.(emit);
  const { failure } = flow;
  if (!failure) return { items: out, at };
  return { items: out, at, failure: { ...failure, lost: [...failure.lost, ...(held?.() ?? [])] } };
}
