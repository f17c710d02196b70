import type { Answer, Case, Measurement, Program } from './case.js';
import { programs } from './machine.js';
import type { Policy } from './policy.js';
import { javascript } from './programs.js';
import { runProgram } from './run-program.js';
import { type Spread, spread } from './spread.js';

const MOST_MS = 3_000;

/** A peer that takes this many times its limit is stopped and left out. */
const STOP = 5;

/** Commands and memory figures have no warm runs. */
export type Kind = 'warm' | 'first';

/** The figures of a peer. */
export type Figures = Readonly<Record<Kind, Spread | undefined>>;

/** For one size: the figures of each peer, or the reason why there are none. */
export type Row = ReadonlyMap<string, Figures | string>;

/** The rows by number of items. */
export type Results = ReadonlyMap<number, Row>;

export interface Plan {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly policy: Policy;
}

/** A peer at one size. `out` is the reason why it is measured no further. */
interface Entrant {
  readonly peer: string;
  readonly program: Program;
  readonly measurements: Measurement[];
  out: string | undefined;
}

export async function measureCase(one: Case, { sizes, runs, policy }: Plan): Promise<Results> {
  const results = new Map<number, Row>();
  let before: [number, Row] | undefined;
  for (const items of sizes) {
    await one.prepare?.(items);
    const entrants = Object.entries(one.peers).map(([peer, given]): Entrant => {
      const program = typeof given === 'function' ? javascript(one.name, peer) : given;
      const [file] = program.argv(items, policy);
      const out = missing(file) ?? slow(one, peer, items, before);
      return { peer, program, measurements: [], out };
    });
    const agree = agreement(`${one.name}, ${items} items`);
    // Each run is a fresh process, and the peers take turns, so that a machine that slows down slows all of them.
    for (let run = 0; run < runs; run += 1) {
      for (const entrant of entrants) await turn(one, entrant, items, policy, agree);
    }
    before = [
      items,
      new Map(entrants.map(({ peer, measurements, out }) => [peer, out ?? figures(measurements)])),
    ];
    results.set(...before);
  }
  return results;
}

function figures(measurements: readonly Measurement[]): Figures {
  const of = (kind: Kind): Spread | undefined => {
    const values = measurements.flatMap((measurement) => measurement[kind] ?? []);
    return values.length > 0 ? spread(values) : undefined;
  };
  return { warm: of('warm'), first: of('first') };
}

type Agree = (peer: string, answer: Answer | undefined) => void;

async function turn(
  one: Case,
  entrant: Entrant,
  items: number,
  policy: Policy,
  agree: Agree,
): Promise<void> {
  if (entrant.out !== undefined) return;
  const mostMs = one.unit === 'MiB' ? undefined : STOP * (one.mostMs ?? MOST_MS);
  const measurement = await runProgram(entrant.program, items, policy, mostMs);
  if (measurement === undefined) entrant.out = tooLong(mostMs);
  else {
    agree(entrant.peer, one.answer ? await one.answer() : measurement.answer);
    entrant.measurements.push(measurement);
  }
}

/** Compares the peers' answers; throws at the first that differs. */
function agreement(where: string): Agree {
  let agreed: string | undefined;
  return (peer, answer) => {
    const given = JSON.stringify(answer);
    agreed ??= given;
    if (given !== undefined && given === agreed) return;
    throw new Error(`${where}: ${peer} gives ${given}, not ${agreed}`);
  };
}

const missing = (file: string): string | undefined =>
  programs.has(file) && programs.get(file) === undefined ? `${file} is not on PATH` : undefined;

/** The reason to leave a peer out, if it would take too long, estimated from fewer items. */
function slow(
  { unit, mostMs = MOST_MS }: Case,
  peer: string,
  items: number,
  before: [number, Row] | undefined,
): string | undefined {
  const [fewer, row] = before ?? [];
  const found = row?.get(peer);
  if (typeof found === 'string') return found;
  if (fewer === undefined || found === undefined || unit === 'MiB') return undefined;
  const { median = 0 } = found.warm ?? found.first ?? {};
  const ms = (median * items) / fewer;
  return ms > mostMs ? tooLong(mostMs) : undefined;
}

const tooLong = (ms = 0): string => `more than ${ms / 1000} s a run`;
