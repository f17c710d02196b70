import { messageOf } from '../../core/base/errors.js';

/** "ENOENT: no such file or directory, open 'a'": a label says which, and nobody asked for the system call. */
export const reasonOf = (error: unknown): string =>
  messageOf(error)
    .replace(/^E[A-Z0-9]+: (.*), \w+( '.*')?$/, '$1')
    .replace('illegal operation on a directory', 'is a directory');
