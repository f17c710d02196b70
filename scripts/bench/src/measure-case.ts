import type { Case, Program } from './case.js';
import type { Policy } from './policy.js';
import { javascript } from './programs.js';
import { runProgram } from './run-program.js';
import { type Spread, spread } from './spread.js';

/** A peer that would need longer than this for one run is left out at that size. */
export const MOST_MS = 12_000;

export interface Plan {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly policy: Policy;
  /** Why a program cannot run on this machine, if it cannot. */
  readonly missing: (file: string) => string | undefined;
}

/** Of each peer at one size: what it took, or why that was not measured. */
export type Row = ReadonlyMap<string, Spread | string>;

/** By size. */
export type Results = ReadonlyMap<number, Row>;

export async function measureCase(one: Case, plan: Plan): Promise<Results> {
  const results = new Map<number, Row>();
  let smaller: { readonly items: number; readonly row: Row } | undefined;
  for (const items of plan.sizes) {
    const leftOut = (peer: string): string | undefined => {
      const before = smaller?.row.get(peer);
      if (before === undefined || smaller === undefined) return undefined;
      if (typeof before === 'string') return before;
      if (one.unit === 'MiB') return undefined;
      const ms = (before.median * items) / smaller.items;
      return ms > MOST_MS ? `about ${Math.round(ms / 1000)} s a run` : undefined;
    };
    if (plan.policy.warmUp > 0) await one.prepare?.(Math.min(items, plan.policy.warmUp));
    await one.prepare?.(items);
    const row = await measureSize(one, items, plan, leftOut);
    results.set(items, row);
    smaller = { items, row };
  }
  return results;
}

/** Each run is a fresh process, and the peers take turns, so that drift of the machine hits all alike. */
async function measureSize(
  one: Case,
  items: number,
  plan: Plan,
  leftOut: (peer: string) => string | undefined,
): Promise<Row> {
  const row = new Map<string, Spread | string>();
  const entrants = new Map<string, { readonly program: Program; readonly values: number[] }>();
  for (const [peer, given] of Object.entries(one.peers)) {
    const program = typeof given === 'function' ? javascript(one.name, peer) : given;
    const reason = plan.missing(program.argv(items, plan.policy)[0]) ?? leftOut(peer);
    if (reason === undefined) entrants.set(peer, { program, values: [] });
    row.set(peer, reason ?? '');
  }
  const answers = new Map<string, string>();
  for (let run = 0; run < plan.runs * (one.times ?? 1); run += 1) {
    for (const [peer, { program, values }] of entrants) {
      const { value, answer } = await runProgram(program, items, plan.policy);
      values.push(value);
      answers.set(JSON.stringify(one.answer ? await one.answer() : answer), peer);
      agree(one, items, answers);
    }
  }
  for (const [peer, { values }] of entrants) row.set(peer, spread(values));
  return row;
}

function agree(one: Case, items: number, answers: ReadonlyMap<string | undefined, string>): void {
  if (answers.size === 1 && !answers.has(undefined)) return;
  const given = [...answers].map(([answer, peer]) => `${peer}: ${answer}`).join('; ');
  throw new Error(`${one.name}, ${items} items: the peers' answers differ. ${given}`);
}
