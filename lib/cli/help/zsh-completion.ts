import { commands } from '../flags/commands.js';
import { brief, type CompletedFlag, completedFlags } from './completed-flag.js';

/** The completion script for zsh, to be evaluated, or to be put on the path of functions as `_sluice`. */
export function zshCompletion(): string {
  const named = Object.entries(commands).map(
    ([name, text]) => `    '${name}:${quoted(brief(text))}'`,
  );
  return `#compdef sluice
_sluice() {
  local -a commands=(
${named.join('\n')}
  )
  _arguments -s -S \\
${completedFlags.map((flag) => `    ${specOf(flag)} \\`).join('\n')}
    '1: :{ _describe command commands; _files }' '*:FILE:_files'
}
if [[ $funcstack[1] == _sluice ]]; then _sluice "$@"; else compdef _sluice sluice; fi
`;
}

function specOf({
  name,
  short,
  repeatable,
  brief: text,
  value,
  implied,
  words,
  isFile,
}: CompletedFlag): string {
  const action = words ? `(${words.join(' ')})` : isFile ? '_files' : ' ';
  const takes = value === undefined ? '' : `${implied === undefined ? '' : ':'}:${value}:${action}`;
  const rest = `'[${quoted(text)}]${takes}'`;
  const sign = implied === undefined ? '' : '=-';
  if (short === undefined) return `${repeatable ? "'*'" : ''}--${name}${sign}${rest}`;
  if (repeatable) return `'*'{-${short},--${name}}${rest}`;
  return `'(-${short} --${name})'{-${short},--${name}}${rest}`;
}

const quoted = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
