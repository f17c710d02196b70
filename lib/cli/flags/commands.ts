/** The commands, which join several files. The first word of the command line names one. */
export const commands = {
  zip: 'arrays of one item from each file, until the shortest file ends',
  merge: 'the items of all files as they arrive',
  concat: 'all items of the first file, then all of the second, and so on',
  join: 'pairs of items of two files that have the same key, which --on names; the second file is held in memory',
} as const;

export type Command = keyof typeof commands;

export const isCommand = (word: string | undefined): word is Command =>
  word !== undefined && Object.hasOwn(commands, word);
