import { commands } from '../flags/commands.js';
import { brief, type CompletedFlag, completedFlags } from './completed-flag.js';

/** The completion script for fish. */
export function fishCompletion(): string {
  const named = Object.entries(commands).map(
    ([name, text]) =>
      `complete -c sluice -n __fish_is_first_arg -a ${name} -d ${quoted(brief(text))}`,
  );
  return `${[...completedFlags.map(lineOf), ...named].join('\n')}\n`;
}

function lineOf(flag: CompletedFlag): string {
  const { name, short, brief: text, value, implied, words, isFile } = flag;
  const letter = short === undefined ? '' : ` -s ${short}`;
  const known = words ? ` -a ${quoted(words.join(' '))}` : '';
  // Without `-r` and `-x`, fish takes a value only after `=`.
  const needs = implied !== undefined ? ' -f' : isFile ? ' -r -F' : ' -x';
  const takes = value === undefined ? '' : `${needs}${known}`;
  return `complete -c sluice${letter} -l ${name}${takes} -d ${quoted(text)}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
