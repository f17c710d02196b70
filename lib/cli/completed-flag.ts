import { brief } from './brief.js';
import { type Flag, flags } from './flags.js';

/** A flag as completions know it. */
export interface CompletedFlag extends Flag {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly brief: string;
  /** Its value is the name of a file. */
  readonly isFile: boolean;
}

export const completedFlags: readonly CompletedFlag[] = Object.entries<Flag>(flags).map(
  ([name, flag]) => ({
    ...flag,
    name,
    brief: brief(flag.help),
    isFile: flag.value?.startsWith('FILE') ?? false,
  }),
);
