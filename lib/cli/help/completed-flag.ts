import { type Flag, flags } from '../flags/flags.js';

/** A flag as the completion scripts need it. */
export interface CompletedFlag extends Flag {
  readonly name: string;
  /** The help in a few words. */
  readonly brief: string;
  /** Whether its value is the name of a file. */
  readonly isFile: boolean;
}

/** The beginning of a help text: completions have no room for more. */
export const brief = (text: string): string => text.split(/[;:(]|, or |, which /)[0]?.trim() ?? '';

export const completedFlags: readonly CompletedFlag[] = Object.entries<Flag>(flags).map(
  ([name, flag]) => ({
    ...flag,
    name,
    brief: brief(flag.help),
    isFile: flag.value?.startsWith('FILE') ?? false,
  }),
);
