import type { GraphFormat } from '../../observe/graph.js';
import { DEFAULT_FORMAT, formats } from '../files/formats.js';

/** One flag of the command. The parser and the help both use the table below. */
export interface Flag {
  readonly short?: string;
  /** The name of its value in the help; a flag without this takes no value. */
  readonly value?: string;
  /** The value of the flag when it is given without one. Such a flag takes a value only after `=`. */
  readonly implied?: string;
  readonly repeatable?: true;
  /** Words for the value, which a shell can complete. */
  readonly words?: readonly string[];
  readonly help: string;
}

const names = (way: 'reads' | 'writes'): readonly string[] =>
  Object.entries(formats)
    .filter(([, format]) => format[way])
    .map(([name]) => name);

const read = names('reads');
const written = names('writes');

/** The format of a picture, by the ending of its file. */
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

/** The shells that `--completion` supports. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** The forms that `--stats` can show. */
export const statsForms = ['table', 'json'] as const;

export type StatsForm = (typeof statsForms)[number];

export const flags = {
  input: {
    short: 'i',
    value: 'FILE',
    repeatable: true,
    help: 'read FILE, a URL, or stdin if it is - (the default); may be given again: files are read one after the other; a pattern such as logs/*.csv stands for all matching files',
  },
  output: {
    short: 'o',
    value: 'FILE',
    help: 'write FILE, a URL, or stdout if it is - (the default); the file appears when it is complete; a key in braces, as in out/{status}.csv, makes one file for each value',
  },
  from: {
    short: 'f',
    value: 'FORMAT',
    words: read,
    help: `format of the input: ${read.join(', ')}, with options after a colon; default: by the ending of the file, else ${DEFAULT_FORMAT}`,
  },
  to: {
    short: 't',
    value: 'FORMAT',
    words: written,
    help: `format of the output: ${written.join(', ')}, with options after a colon; default: by the ending of the file, else ${DEFAULT_FORMAT}`,
  },
  'merge-by': {
    value: 'KEY',
    help: 'merge inputs that are each sorted by KEY: the name of a field (user.id), or a function',
  },
  append: { help: 'add to the output files instead of replacing them' },
  'on-error': {
    value: 'POLICY',
    words: ['fail', 'skip'],
    help: 'what to do with bad records of the input: fail (the default), skip, or a FILE to write them to, with place and reason; an existing FILE is replaced at once',
  },
  tee: {
    value: 'FILE=STAGE',
    repeatable: true,
    help: 'also write FILE: the output of STAGE, which gets the items of the last stage; may be given again',
  },
  module: {
    short: 'm',
    value: 'FILE',
    help: 'put the stages of a module before the others: its default export is an array of stages, or a function that returns one or several',
  },
  concurrency: {
    value: 'N',
    help: 'make up to N calls at a time: of map, flatMap and functions, for work that waits for a network or a disk; the order is kept',
  },
  on: {
    value: 'KEY',
    repeatable: true,
    help: 'the key that join compares: the name of a field (user.id), or a function; if given twice, the second is for the second file',
  },
  kind: {
    value: 'KIND',
    words: joinKinds,
    help: 'also emit items without a partner, in a pair with null: left, right or outer; default: inner, which does not',
  },
  stats: {
    value: 'FORM',
    implied: 'table',
    words: statsForms,
    help: 'show on stderr what each stage does, and which one the others wait for: during the run on a terminal, and at the end; as a table, or as json for programs',
  },
  progress: {
    help: 'show the progress on stderr: bytes read, the percentage and the time left if the size is known, items',
  },
  graph: {
    value: 'FILE',
    help: `draw the stages and what passed between them into FILE, which ends in ${graphEndings.join(', ')}`,
  },
  'dry-run': { help: 'show which stages run as one loop, and open no file' },
  debug: { help: 'show stack traces' },
  help: { short: 'h', help: 'show this help; after a command, the help of that command' },
  man: { help: 'print the manual page: sluice --man | man -l -' },
  completion: {
    value: 'SHELL',
    words: shells,
    help: `print the script that completes this command in a shell (${shells.join(', ')}): eval "$(sluice --completion bash)"`,
  },
  version: { help: 'show the version' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;

type ValueOf<F> = F extends { repeatable: true }
  ? readonly string[]
  : F extends { value: string }
    ? string | undefined
    : boolean;

/** The values of the flags on the command line. */
export type FlagValues = { readonly [N in FlagName]: ValueOf<(typeof flags)[N]> };
