/** What is asked of a node of a syntax tree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly key?: unknown;
  readonly value?: unknown;
  readonly source?: unknown;
  readonly body?: unknown;
  readonly consequent?: unknown;
  readonly expression?: unknown;
  readonly exportKind?: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** A node and all nodes in it, but for what is in those that `skips` answers true to. */
export function* nodesIn(value: unknown, skips = (_: Node) => false): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one, skips);
  if (!isNode(value)) return;
  yield value;
  if (!skips(value)) for (const part of Object.values(value)) yield* nodesIn(part, skips);
}
