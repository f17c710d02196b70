export const FAILED = 1;
export const BAD_USAGE = 2;

/** A word nobody knows, and the words it may have been meant as. */
export interface Unknown {
  readonly word: string;
  readonly known: readonly string[];
  /** What it is sure to have been meant as. */
  readonly meant?: string | undefined;
}

interface Details {
  readonly unknown?: Unknown | undefined;
  readonly cause?: unknown;
}

/** Something the command can say in full: the message is all that is printed. */
export class CommandError extends Error {
  readonly exitCode: number;
  readonly unknown: Unknown | undefined;

  constructor(exitCode: number, message: string, { unknown, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.unknown = unknown;
  }
}

export const badUsage = (message: string, details?: Details): CommandError =>
  new CommandError(BAD_USAGE, message, details);
