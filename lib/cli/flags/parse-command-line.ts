import { parseArgs } from 'node:util';
import { badUsage } from '../errors/command-error.js';
import { type Flag, type FlagName, type FlagValues, flags } from './flags.js';

export interface CommandLine {
  readonly flags: FlagValues;
  /** The arguments that are not flags: a command, files, stages. */
  readonly operands: readonly string[];
  /** How many operands are before `--`, if it is given. */
  readonly before: number | undefined;
}

const table: Readonly<Record<string, Flag>> = flags;

const options = Object.fromEntries(
  Object.entries(table).map(([name, { short, value, implied }]) => {
    // `parseArgs` also reports a value after `=` of a flag that is declared without one.
    const isBare = value === undefined || implied !== undefined;
    const type = isBare ? ('boolean' as const) : ('string' as const);
    return [name, short === undefined ? { type } : { type, short }];
  }),
);

/** Reads the arguments according to the table of flags. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  let before: number | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    else if (token.kind === 'option-terminator') before = operands.length;
    else given.set(token.name, [...(given.get(token.name) ?? []), checked(token)]);
  }
  for (const [name, values] of given) requireOnce(name, values.length);
  return { flags: valuesOf(given), operands, before };
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** The value of a token; empty for a flag that takes none. */
function checked({ name, rawName, value, inlineValue }: Token): string {
  const flag = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!flag) {
    const known = Object.keys(table).map((long) => `--${long}`);
    const unknown = rawName.startsWith('--') ? { word: rawName, known } : undefined;
    throw badUsage(`unknown option ${rawName}`, { unknown });
  }
  if (flag.value === undefined) {
    if (value !== undefined) throw badUsage(`${rawName} takes no value`);
    return '';
  }
  if (value === undefined && flag.implied !== undefined) return flag.implied;
  // After a space, a value that looks like a flag is one: the user has forgotten the value.
  const forgotten = !inlineValue && value !== undefined && /^-./.test(value);
  if (value === undefined || forgotten) throw badUsage(`${rawName} needs a value: ${flag.value}`);
  return value;
}

function requireOnce(name: string, times: number): void {
  if (times > 1 && !table[name]?.repeatable) throw badUsage(`--${name} is given ${times} times`);
}

function valuesOf(given: ReadonlyMap<string, string[]>): FlagValues {
  const entries = Object.entries(table).map(([name, { value, repeatable }]) => {
    const values = given.get(name) ?? [];
    if (repeatable) return [name, values];
    return [name, value === undefined ? values.length > 0 : values[0]];
  });
  return Object.fromEntries(entries) as Record<FlagName, unknown> as FlagValues;
}
