import fc from 'fast-check';
import type { Stage } from '../../lib/index.js';
import { batch, drop, enumerate, pairwise, take, window } from './counting-op.js';
import { counted, type Flow, Guard, through } from './flow.js';
import { dedupe, dropWhile, filter, flatMap, map, type Op, scan, takeWhile, tap } from './op.js';
import { waits } from './wait.js';

/** Where a random chain is to fail: in which of its operators, and at which call of its callback. */
export interface FailurePoint {
  readonly op: number;
  readonly call: number;
}

export const cause = new Error('broken on purpose');

const small = fc.integer({ min: 0, max: 6 });
const size = fc.integer({ min: 1, max: 4 });
const modulus = fc.integer({ min: 2, max: 5 });

const ops = (sync: boolean) => {
  const wait = sync ? fc.constant('now' as const) : fc.constantFrom('now', ...waits);
  const form = fc.constantFrom(
    'array' as const,
    'generator' as const,
    ...(sync ? [] : ['async generator' as const]),
  );
  return {
    batch: size.map(batch),
    dedupe: fc.tuple(modulus, size, wait).map((params) => dedupe(...params)),
    drop: small.map(drop),
    dropWhile: fc.tuple(modulus, wait).map((params) => dropWhile(...params)),
    enumerate: small.map(enumerate),
    filter: fc.tuple(modulus, wait).map((params) => filter(...params)),
    flatMap: fc
      .tuple(fc.integer({ min: 0, max: 3 }), form, wait)
      .map((params) => flatMap(...params)),
    map: fc.tuple(size, wait).map((params) => map(...params)),
    pairwise: fc.constant(null).map(pairwise),
    scan: wait.map(scan),
    take: fc.integer({ min: 0, max: 12 }).map(take),
    takeWhile: fc.tuple(modulus, wait).map((params) => takeWhile(...params)),
    tap: wait.map(tap),
    window: size.map(window),
  };
};

export type OpName = keyof ReturnType<typeof ops>;

interface ChainOptions {
  /** Only what `pull` can run. */
  readonly sync?: boolean;
  readonly only?: readonly OpName[];
  readonly maxLength?: number;
}

export function chainOf({
  sync = false,
  only,
  maxLength = 6,
}: ChainOptions = {}): fc.Arbitrary<Op[]> {
  const all = ops(sync);
  const names = only ?? (Object.keys(all) as OpName[]);
  return fc.array(fc.oneof(...names.map((name) => all[name])), { maxLength });
}

export const inputs: fc.Arbitrary<unknown[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, fc.constantFrom(undefined, '', false, Number.NaN)),
  { maxLength: 30 },
);

export const failurePoint: fc.Arbitrary<FailurePoint | undefined> = fc.option(
  fc.record({ op: fc.nat(5), call: fc.nat(8) }),
  { nil: undefined, freq: 2 },
);

export const nameOf = (at: number): string => `op ${at}`;

const guardOf = (at: number, point: FailurePoint | undefined, called?: () => void): Guard =>
  point?.op === at ? new Guard(point.call, cause, called) : new Guard(-1, undefined, called);

/** `note` is told of every call of a callback. */
export const stagesOf = (
  chain: readonly Op[],
  point?: FailurePoint,
  note?: (op: string) => void,
): Stage<unknown, unknown>[] =>
  chain.map((op, at) =>
    op.stage(
      guardOf(at, point, () => note?.(nameOf(at))),
      { name: nameOf(at) },
    ),
  );

/** What should come out, after each operator. `begins` tells where a new segment begins. */
export function flowsOf(
  input: Flow,
  chain: readonly Op[],
  point?: FailurePoint,
  begins: (at: number) => boolean = () => false,
): Flow[] {
  const flows = [input];
  chain.forEach((op, at) => {
    const flow = flows.at(-1) as Flow;
    flows.push(
      through(begins(at) ? counted(flow) : flow, nameOf(at), op.plain(guardOf(at, point))),
    );
  });
  return flows;
}
