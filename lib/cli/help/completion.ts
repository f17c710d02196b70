import { badUsage } from '../errors/command-error.js';
import { type Shell, shells } from '../flags/flags.js';
import { bashCompletion } from './bash-completion.js';
import { fishCompletion } from './fish-completion.js';
import { zshCompletion } from './zsh-completion.js';

const scripts: Readonly<Record<Shell, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The script with which a shell completes flags, their values, commands and files. */
export function completion(word: string): string {
  const shell = shells.find((each) => each === word);
  if (shell) return scripts[shell]();
  const unknown = { word, known: shells };
  throw badUsage(`--completion is for ${shells.join(', ')}, got '${word}'`, { unknown });
}
