/** The ways to join several files, by the word that comes first on the command line. */
export const commands = {
  zip: 'arrays of one item from each file, as long as the shortest lasts',
  merge: 'the items of all files as they come',
  concat: 'the items of one file after those of another',
  join: 'pairs of items of two files that have the same key, which --on names; the second file is held in memory',
} as const;

export type Command = keyof typeof commands;

export const isCommand = (word: string | undefined): word is Command =>
  word !== undefined && Object.hasOwn(commands, word);
