/** An item in the plain-array model: its value, and the inputs it was made from. */
export interface Item {
  readonly value: unknown;
  /** How many inputs of its segment had been read when it came out. */
  readonly at: number;
  /** The inputs it is made of. */
  readonly from: readonly number[];
}

export interface Failure {
  readonly name: string;
  readonly index: number;
  /** The inputs whose output is not complete. */
  readonly lost: readonly number[];
}

/** The output of a stage: its items, and its end. */
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

/** Begins a new segment, which counts its input from 0. */
export const counted = (flow: Flow): Flow => ({
  ...flow,
  items: flow.items.map((item, at) => ({ ...item, at })),
  at: flow.items.length - 1,
});

/** Counts the calls of one callback, and makes the chosen call fail. */
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

/** The model of an operator: what it does to one item. */
export interface Plain {
  /** Whether it ends before its first item. */
  readonly none?: boolean;
  /** Returns true when it wants no more items. */
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
