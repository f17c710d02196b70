import { commands } from '../flags/commands.js';
import { type CompletedFlag, completedFlags } from './completed-flag.js';

/** The completion script for bash. It completes everything else to names of files. */
export function bashCompletion(): string {
  const names = completedFlags.map(({ name }) => `--${name}`).join(' ');
  const values = completedFlags.filter(({ value }) => value !== undefined).map(caseOf);
  return `_sluice() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} sign=
  COMPREPLY=()
  # Bash splits --flag=value into three words.
  if [[ $cur == = ]]; then cur= sign==
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]} sign==; fi
  case $prev$sign in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '${names}' -- "$cur"))
  elif [[ $COMP_CWORD == 1 ]]; then
    COMPREPLY=($(compgen -W '${Object.keys(commands).join(' ')}' -- "$cur"))
  fi
}
complete -o default -F _sluice sluice
`;
}

function caseOf({ name, short, words, implied }: CompletedFlag): string {
  const bare = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
  const spelt = [...(implied === undefined ? bare : []), `--${name}=`].join('|');
  const known = words ? `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur")); ` : '';
  return `    ${spelt}) ${known}return ;;`;
}
