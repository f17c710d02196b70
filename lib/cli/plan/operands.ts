import { existsSync } from 'node:fs';
import { badUsage, CommandError, FAILED } from '../errors/command-error.js';
import { isRemote } from '../files/remote.js';
import { type Command, commands, isCommand } from '../flags/commands.js';
import type { CommandLine } from '../flags/parse-command-line.js';

export interface Operands {
  readonly command: Command | undefined;
  readonly files: readonly string[];
  readonly stages: readonly string[];
}

/** Divides the arguments that are not flags into the command, the files and the stages. */
export function readOperands({ operands, before }: CommandLine): Operands {
  const [first, ...rest] = operands;
  if (!isCommand(first) || before === 0) {
    const open = operands.slice(0, before);
    if (open.length > 1) refuseCommand(open);
    open.forEach(refuseFile);
    return { command: undefined, files: [], stages: operands };
  }
  const count = before === undefined ? leadingFiles(rest) : before - 1;
  const files = rest.slice(0, count);
  if (files.length === 0)
    throw badUsage(`${first} needs files: sluice ${first} FILE ... [stage ...]`);
  return { command: first, files, stages: rest.slice(count) };
}

const isFile = (text: string): boolean => text === '-' || isRemote(text) || existsSync(text);

/** The name of a missing file must not be run as JavaScript, even if it would parse, as `a.txt` does. */
const looksLikeStage = (text: string): boolean =>
  text.includes('(') || text.includes('=>') || isGetter(text);

/** A getter such as `.path.to`; `./a` and `.config/a` are files. */
const isGetter = (text: string): boolean => /^\.[\w$[]/.test(text) && !text.includes('/');

function leadingFiles(operands: readonly string[]): number {
  const at = operands.findIndex((text) => !isFile(text));
  if (at < 0) return operands.length;
  const stages = operands.slice(at);
  const [first = ''] = stages;
  if (!looksLikeStage(first)) {
    throw new CommandError(
      FAILED,
      `${first}: no such file (put -- before a stage without ( or =>)`,
    );
  }
  stages.forEach(refuseFile);
  return at;
}

/** Throws when the first word is followed by files: the user meant it as a command. */
function refuseCommand([word = '', ...rest]: readonly string[]): void {
  if (looksLikeStage(word) || isFile(word) || !rest.some(isFile)) return;
  throw badUsage(`unknown command ${word}`, { unknown: { word, known: Object.keys(commands) } });
}

function refuseFile(text: string): void {
  if (looksLikeStage(text) || !isFile(text)) return;
  throw badUsage(
    `${text} is a file, where a stage is expected; read it with -i, or put it directly after a command (${Object.keys(commands).join(', ')})`,
  );
}
