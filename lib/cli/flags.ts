import { DEFAULT_FORMAT, formats } from './formats.js';

/** One flag of the command. What is parsed and what the help says both come from the table below. */
export interface Flag {
  readonly short?: string;
  /** What the help calls its value; without one, the flag takes none. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly help: string;
}

const names = (way: 'reads' | 'writes'): string =>
  Object.entries(formats)
    .filter(([, format]) => format[way])
    .map(([name]) => name)
    .join(', ');

export const flags = {
  input: {
    short: 'i',
    value: 'FILE',
    help: 'read FILE, or stdin if it is - (the default)',
  },
  output: {
    short: 'o',
    value: 'FILE',
    help: 'write FILE, or stdout if it is - (the default)',
  },
  from: {
    short: 'f',
    value: 'FORMAT',
    help: `format of the input: ${names('reads')}, with options behind a colon; default: what the file's ending says, else ${DEFAULT_FORMAT}`,
  },
  to: {
    short: 't',
    value: 'FORMAT',
    help: `format of the output: ${names('writes')}, with options behind a colon; default: what the file's ending says, else ${DEFAULT_FORMAT}`,
  },
  tee: {
    value: 'FILE=STAGE',
    repeatable: true,
    help: 'also write FILE: what STAGE makes of the items that come out of the last stage; may be given again',
  },
  module: {
    short: 'm',
    value: 'FILE',
    help: 'put the stages of a module before the others: its default export is an array of them, or a function that makes one or several',
  },
  concurrency: {
    value: 'N',
    help: 'call map, flatMap and functions for up to N items at a time, for what waits for a network or a disk; the order stays',
  },
  on: {
    value: 'KEY',
    repeatable: true,
    help: 'what join compares: the name of a field (user.id), or a function; given again, the second is for the second file',
  },
  kind: {
    value: 'KIND',
    help: 'also pairs of an item that has no partner: left, right or outer; default: inner, without them',
  },
  debug: { help: 'show stack traces' },
  help: { short: 'h', help: 'show this help' },
  version: { help: 'show the version' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;

type ValueOf<F> = F extends { repeatable: true }
  ? readonly string[]
  : F extends { value: string }
    ? string | undefined
    : boolean;

/** What the command line says of each flag. */
export type FlagValues = { readonly [N in FlagName]: ValueOf<(typeof flags)[N]> };
