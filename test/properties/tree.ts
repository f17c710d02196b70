import fc from 'fast-check';
import { compose, concat, from, type Source, zip, zipLongest } from '../../lib/index.js';
import { chainOf, inputs } from './chain.js';
import { type Failure, type Flow, flowOf, Guard, through } from './flow.js';
import type { Op } from './op.js';

type Join = 'zip' | 'zipLongest' | 'concat';

/** Sources joined to one source, joined again, with operators behind each. */
export type Tree = Leaf | Node;

interface Leaf {
  readonly input: readonly unknown[];
  readonly chain: readonly Op[];
}

interface Node {
  readonly join: Join;
  readonly trees: readonly Tree[];
  readonly chain: readonly Op[];
}

export function treeOf(sync: boolean): fc.Arbitrary<Tree> {
  const chain = chainOf({ sync, maxLength: 3 });
  const { tree } = fc.letrec<{ tree: Tree; leaf: Leaf; node: Node }>((tie) => ({
    tree: fc.oneof({ maxDepth: 2, depthIdentifier: 'tree' }, tie('leaf'), tie('node')),
    leaf: fc.record({ input: inputs, chain }),
    node: fc.record({
      join: fc.constantFrom('zip', 'zipLongest', 'concat'),
      trees: fc.array(tie('tree'), { minLength: 1, maxLength: 3, depthIdentifier: 'tree' }),
      chain,
    }),
  }));
  return tree;
}

/** Hands out a name and a guard for each operator of a tree, so that one of them can be made to fail. */
export class Guards {
  readonly #point: { readonly op: number; readonly call: number } | undefined;
  readonly #cause: Error;
  #next = 0;

  constructor(point: { readonly op: number; readonly call: number } | undefined, cause: Error) {
    this.#point = point;
    this.#cause = cause;
  }

  next(): { name: string; guard: Guard } {
    const at = this.#next;
    this.#next += 1;
    const guard = this.#point?.op === at ? new Guard(this.#point.call, this.#cause) : new Guard();
    return { name: `op ${at}`, guard };
  }
}

type Joining = (...sources: Source<unknown>[]) => Source<unknown>;

const joins: Record<Join, Joining> = {
  concat: concat as Joining,
  zip: zip as Joining,
  zipLongest: zipLongest as Joining,
};

export function sourceOf(tree: Tree, guards: Guards): Source<unknown> {
  const source =
    'input' in tree
      ? from(tree.input)
      : joins[tree.join](...tree.trees.map((part) => sourceOf(part, guards)));
  const stages = tree.chain.map((op) => {
    const { name, guard } = guards.next();
    return op.stage(guard, { name });
  });
  return stages.reduce<Source<unknown>>((all, stage) => compose(all, stage), source);
}

export function treeFlow(tree: Tree, guards: Guards): Flow {
  const joined =
    'input' in tree
      ? flowOf(tree.input)
      : joinFlows[tree.join](tree.trees.map((part) => treeFlow(part, guards)));
  return tree.chain.reduce((flow, op) => {
    const { name, guard } = guards.next();
    return through(flow, name, op.plain(guard));
  }, joined);
}

const withFailure = (flow: Flow, failure: Failure | undefined): Flow => ({ ...flow, failure });

const joinFlows: Record<Join, (flows: readonly Flow[]) => Flow> = {
  concat: (flows) => {
    const failing = flows.findIndex(({ failure }) => failure);
    const heard = failing < 0 ? flows : flows.slice(0, failing + 1);
    const values = heard.flatMap(({ items }) => items.map(({ value }) => value));
    return withFailure(flowOf(values), flows[failing]?.failure);
  },
  zip: (flows) => rows(flows, (missing) => missing > 0),
  zipLongest: (flows) => rows(flows, (missing) => missing === flows.length),
};

/** Row by row, asking each in turn: a failure counts when it is come to. */
function rows(flows: readonly Flow[], ends: (missing: number) => boolean): Flow {
  const made: unknown[][] = [];
  for (let at = 0; ; at += 1) {
    const row: unknown[] = [];
    let missing = 0;
    for (const { items, failure } of flows) {
      if (at < items.length) row.push(items[at]?.value);
      else if (failure) return withFailure(flowOf(made), failure);
      else {
        missing += 1;
        if (ends(missing)) return flowOf(made);
        row.push(undefined);
      }
    }
    made.push(row);
  }
}
