export const FAILED = 1;
export const BAD_USAGE = 2;

/** An unknown word, and the known words that the user may have meant. */
export interface Unknown {
  readonly word: string;
  readonly known: readonly string[];
  /** The word that the user must have meant, if that is certain. */
  readonly meant?: string | undefined;
}

interface Details {
  readonly unknown?: Unknown | undefined;
  readonly cause?: unknown;
}

/** An error with a message that needs no stack trace. */
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
