import { messageOf } from '../../core/base/message-of.js';

/**
 * The reason in the message of an error. Of `ENOENT: no such file or directory, open 'a'`, only the middle is kept: the
 * label before it names the file.
 */
export const reasonOf = (error: unknown): string =>
  messageOf(error)
    .replace(/^E[A-Z0-9]+: (.*), \w+( '.*')?$/, '$1')
    .replace('illegal operation on a directory', 'is a directory');
