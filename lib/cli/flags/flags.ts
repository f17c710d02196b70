import type { GraphFormat } from '../../observe/graph.js';
import { DEFAULT_FORMAT, formats } from '../files/formats.js';

/** One flag of the command. What is parsed and what the help says both come from the table below. */
export interface Flag {
  readonly short?: string;
  /** What the help calls its value; without one, the flag takes none. */
  readonly value?: string;
  /** What it means without a value, which stands behind a = then; without this, it needs one. */
  readonly implied?: string;
  readonly repeatable?: true;
  /** What its value may begin with, for a shell to complete. */
  readonly words?: readonly string[];
  readonly help: string;
}

const names = (way: 'reads' | 'writes'): readonly string[] =>
  Object.entries(formats)
    .filter(([, format]) => format[way])
    .map(([name]) => name);

const read = names('reads');
const written = names('writes');

/** What the name of a picture says of its language. */
export const graphFormats: Readonly<Record<string, GraphFormat>> = {
  '.svg': 'svg',
  '.dot': 'dot',
  '.gv': 'dot',
  '.mmd': 'mermaid',
};

export const graphEndings: readonly string[] = Object.keys(graphFormats);

/** Which items without a partner a join keeps. */
export const joinKinds = ['inner', 'left', 'right', 'outer'] as const;

export type JoinKind = (typeof joinKinds)[number];

/** Those that `--completion` speaks. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What `--stats` can show. */
export const statsForms = ['table', 'json'] as const;

export type StatsForm = (typeof statsForms)[number];

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
    help: 'write FILE, a URL, or stdout if it is - (the default); a file appears once it is whole; a key in braces, as in out/{status}.csv, makes a file for each',
  },
  from: {
    short: 'f',
    value: 'FORMAT',
    words: read,
    help: `format of the input: ${read.join(', ')}, with options behind a colon; default: what the file's ending says, else ${DEFAULT_FORMAT}`,
  },
  to: {
    short: 't',
    value: 'FORMAT',
    words: written,
    help: `format of the output: ${written.join(', ')}, with options behind a colon; default: what the file's ending says, else ${DEFAULT_FORMAT}`,
  },
  'merge-by': {
    value: 'KEY',
    help: 'merge the inputs, each of which is sorted by KEY: the name of a field (user.id), or a function',
  },
  append: { help: 'add to the output files instead of replacing them' },
  'on-error': {
    value: 'POLICY',
    words: ['fail', 'skip'],
    help: 'what becomes of bad records of the input: fail (the default), skip, or the FILE that they are written to as they come, in place of what was there, with place and reason',
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
    help: 'have up to N calls under way: of map, flatMap and functions, for what waits for a network or a disk; the order stays',
  },
  on: {
    value: 'KEY',
    repeatable: true,
    help: 'what join compares: the name of a field (user.id), or a function; given again, the second is for the second file',
  },
  kind: {
    value: 'KIND',
    words: joinKinds,
    help: 'also pairs of an item that has no partner: left, right or outer; default: inner, without them',
  },
  stats: {
    value: 'FORM',
    implied: 'table',
    words: statsForms,
    help: 'show what each stage does, and which one the others wait for: while it runs on a terminal, and in the end; as a table, or as json for machines, on stderr',
  },
  progress: {
    help: 'show how far it is, on stderr: bytes read, how many in a hundred and the time left where that is known, items',
  },
  graph: {
    value: 'FILE',
    help: `draw the stages with what went from one to the other into FILE, which ends in ${graphEndings.join(', ')}`,
  },
  'dry-run': { help: 'show which stages run as one, and open no file' },
  debug: { help: 'show stack traces' },
  help: { short: 'h', help: 'show this help; behind a command, the help of that' },
  man: { help: 'print the manual page: sluice --man | man -l -' },
  completion: {
    value: 'SHELL',
    words: shells,
    help: `print what completes this command in a shell (${shells.join(', ')}): eval "$(sluice --completion bash)"`,
  },
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
