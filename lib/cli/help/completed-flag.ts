import { type Flag, flags } from '../flags/flags.js';

/** A flag as completions know it. */
export interface CompletedFlag extends Flag {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly brief: string;
  /** Its value is the name of a file. */
  readonly isFile: boolean;
}

/** What a text of the help begins with, as completions have room for no more. */
export const brief = (text: string): string => text.split(/[;:(]|, or |, which /)[0]?.trim() ?? '';

export const completedFlags: readonly CompletedFlag[] = Object.entries<Flag>(flags).map(
  ([name, flag]) => ({
    ...flag,
    name,
    brief: brief(flag.help),
    isFile: flag.value?.startsWith('FILE') ?? false,
  }),
);
