import type { Case, Program } from './case.js';
import { programs } from './machine.js';
import type { Policy } from './policy.js';
import { javascript } from './programs.js';
import { runProgram } from './run-program.js';
import { type Spread, spread } from './spread.js';

/** A peer that would need longer than this for one run is left out at that size. */
export const MOST_MS = 6_000;

/** Of each peer, all with as many items: what it took, or why that was not measured. */
export type Row = ReadonlyMap<string, Spread | string>;

/** By number of items. */
export type Results = ReadonlyMap<number, Row>;

export interface Plan {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly policy: Policy;
}

export async function measureCase(one: Case, { sizes, runs, policy }: Plan): Promise<Results> {
  const results = new Map<number, Row>();
  let before: [number, Row] | undefined;
  for (const items of sizes) {
    await one.prepare?.(Math.min(items, policy.warmUp || items));
    await one.prepare?.(items);
    const entrants = new Map<string, Program>();
    const absent = new Map<string, string>();
    for (const [peer, given] of Object.entries(one.peers)) {
      const program = typeof given === 'function' ? javascript(one.name, peer) : given;
      const [file] = program.argv(items, policy);
      const reason = missing(file) ?? (one.unit === 'MiB' ? undefined : slow(peer, items, before));
      if (reason === undefined) entrants.set(peer, program);
      else absent.set(peer, reason);
    }
    const values = await takeTurns(one, items, entrants, runs, policy);
    const spreads = [...values].map(([peer, of]) => [peer, spread(of)] as const);
    before = [items, new Map<string, Spread | string>([...absent, ...spreads])];
    results.set(...before);
  }
  return results;
}

const missing = (file: string): string | undefined =>
  programs.has(file) && programs.get(file) === undefined ? `${file} is not on PATH` : undefined;

/** Whether a peer would take too long, going by fewer items. */
function slow(peer: string, items: number, before: [number, Row] | undefined): string | undefined {
  const [fewer, row] = before ?? [];
  const found = row?.get(peer);
  if (typeof found === 'string') return found;
  if (fewer === undefined || found === undefined) return undefined;
  const ms = (found.median * items) / fewer;
  return ms > MOST_MS ? `more than ${MOST_MS / 1000} s a run` : undefined;
}

/** Each run is a fresh process, and the peers take turns, so that drift of the machine hits all alike. */
async function takeTurns(
  one: Case,
  items: number,
  entrants: ReadonlyMap<string, Program>,
  runs: number,
  policy: Policy,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const values = new Map([...entrants.keys()].map((peer): [string, number[]] => [peer, []]));
  let agreed: string | undefined;
  for (let run = 0; run < runs; run += 1) {
    for (const [peer, program] of entrants) {
      const { value, answer } = await runProgram(program, items, policy);
      const given = JSON.stringify(one.answer ? await one.answer() : answer);
      agreed ??= given;
      if (given === undefined || given !== agreed) {
        throw new Error(`${one.name}, ${items} items: ${peer} gives ${given}, not ${agreed}`);
      }
      values.get(peer)?.push(value);
    }
  }
  return values;
}
