import type { DeadLetter, FailedItem } from '../../core/policy/dead-letter.js';
import { ParseError } from '../../formats/text/parse-error.js';
import { deadLetter } from '../../junctions/dead-letter.js';
import { map } from '../../operators/map.js';
import { forEach } from '../../sinks/for-each.js';
import { compose } from '../../streams/compose.js';
import type { SinkLike } from '../../streams/types.js';
import { say } from '../errors/say.js';
import type { Output } from './output.js';

type Letters = SinkLike<FailedItem<string>, unknown>;

/** Bad input that does not end the run. It is counted, and written to a file if there is one. */
export class Rejects {
  readonly onError: DeadLetter<string>;
  readonly #output: Output | undefined;
  #count = 0;

  constructor(output: Output | undefined) {
    this.#output = output;
    const note = (letter: FailedItem<string>): object => {
      this.#count += 1;
      return recordOf(letter);
    };
    const join = compose as (...parts: readonly unknown[]) => Letters;
    const sink = output ? join(map(note), ...output.parts()) : forEach(note);
    this.onError = deadLetter<string>(sink as Letters);
  }

  /** Prints how many bad records there were, if any; only once, even if the run fails later. */
  report(): void {
    if (this.#count === 0) return;
    const where = this.#output ? `written to ${this.#output.label}` : 'skipped';
    say(`${this.#count} bad ${this.#count === 1 ? 'record' : 'records'} ${where}`);
    this.#count = 0;
  }
}

function recordOf({ item, error }: FailedItem<string>): object {
  const { stage, cause } = error;
  if (!(cause instanceof ParseError))
    return { file: stage.name, reason: error.message, input: item };
  const { line, column, byte, problem } = cause;
  return { file: stage.name, line, column, byte, reason: problem, input: item };
}
