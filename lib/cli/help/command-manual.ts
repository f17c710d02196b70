import type { Command } from '../flags/commands.js';
import type { FlagName } from '../flags/flags.js';

/** The help of one command. */
interface CommandManual {
  readonly files: string;
  readonly text: string;
  /** The flags that only this command has. */
  readonly flags: readonly FlagName[];
  readonly examples: readonly string[];
}

export const commandManual: Readonly<Record<Command, CommandManual>> = {
  zip: {
    files: 'FILE ...',
    text:
      'The nth item is an array of the nth items of all files, in the order of the files. The output ends with the ' +
      'shortest file. The ending of each file names its format, or --from names one for all.',
    flags: [],
    examples: [
      "sluice zip names.txt ages.txt '([name, age]) => ({ name, age: Number(age) })'",
      "sluice zip old.ndjson new.ndjson 'filter(([a, b]) => a.price !== b.price)'",
    ],
  },
  merge: {
    files: 'FILE ...',
    text:
      'The items of all files as they arrive: those of one file stay in order, but the order between files is not ' +
      'defined. With --merge-by, sorted files of any size become one sorted output.',
    flags: ['merge-by'],
    examples: [
      'sluice merge --merge-by id old.ndjson new.ndjson .id',
      "sluice merge old.ndjson - 'count()' < new.ndjson",
    ],
  },
  concat: {
    files: 'FILE ...',
    text: 'All items of the first file, then all of the second, and so on. Files may have different formats.',
    flags: [],
    examples: [
      'sluice concat old.ndjson new.ndjson -o all.ndjson',
      "sluice concat names.txt ages.txt -t lines 'uniq()'",
    ],
  },
  join: {
    files: '--on KEY FILE FILE',
    text:
      'Pairs of items that have the same key, in the order of the first file. The types of keys matter: 1 is not ' +
      '"1", and -f csv:types makes numbers. An item without a key has no partner. The second file is held in memory, ' +
      'so it should be the smaller one; the run fails if it has more than a million items.',
    flags: ['on', 'kind'],
    examples: [
      "sluice join --on id new.ndjson stock.ndjson '([a, b]) => ({ ...a, ...b })'",
      "sluice join --on id --on item.id new.ndjson sold.ndjson 'count()'",
      "sluice join --kind left --on id new.ndjson stock.ndjson 'filter(p => !p[1])'",
    ],
  },
};
