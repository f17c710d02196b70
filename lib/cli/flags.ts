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
    repeatable: true,
    help: 'read FILE, a URL, or stdin if it is - (the default); given again, one after the other; a pattern such as logs/*.csv stands for the files it fits',
  },
  output: {
    short: 'o',
    value: 'FILE',
    help: 'write FILE, a URL, or stdout if it is - (the default); a file appears once it is whole',
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
  'merge-by': {
    value: 'KEY',
    help: 'merge the inputs, each of which is sorted by KEY: the name of a field (user.id), or a function',
  },
  append: { help: 'add to the output files instead of replacing them' },
  'on-error': {
    value: 'POLICY',
    help: 'what becomes of bad records of the input: fail (the default), skip, or the FILE that they are written to, with place and reason',
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
