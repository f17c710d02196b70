import { StageError } from '../../core/base/errors.js';
import { messageOf } from '../../core/base/message-of.js';
import { FormatError } from '../../formats/text/format-error.js';
import { ParseError } from '../../formats/text/parse-error.js';
import type { Faults } from '../errors/faults.js';
import { reasonOf } from '../errors/reason.js';
import { blamedPlace } from '../expressions/blamed-place.js';
import { expressionOf } from '../expressions/expression-of.js';
import { advised } from './advice.js';

/**
 * One line that says what failed: the file or stage, the place in it, and why; and below it the place in the
 * expression, if known.
 */
export function describeError(
  error: unknown,
  faults: Faults,
  files: readonly string[],
  inputPlace: (error: StageError) => string | undefined,
): string {
  if (!(error instanceof StageError)) return oneLine(ofStream(error, faults));
  const ofStage = (name = error.stage.name): string =>
    advised(stageMessage(error, name, inputPlace(error)), files);
  const expression = expressionOf(error.stage.name);
  const place = expression && blamedPlace(expression.text, expression.whose, error.cause);
  return place ? `${oneLine(ofStage(expression.whose))}\n${place}` : oneLine(ofStage());
}

function stageMessage({ index, cause }: StageError, name: string, place?: string): string {
  if (cause instanceof ParseError) return `${name}: ${cause.message}`;
  if (cause instanceof FormatError) {
    // Items are counted from 1 on the command line, as lines are.
    return `${name}: ${cause.message.replace(/^item \d+/, `item ${cause.index + 1}`)}`;
  }
  const item = index === undefined ? '' : ` on item ${index + 1}`;
  const where = place === undefined ? item : `${item} (${place})`;
  return `${name} failed${where}: ${messageOf(cause)}`;
}

function ofStream(error: unknown, faults: Faults): string {
  const label = faults.labelOf(error);
  const reason = reasonOf(error);
  return label === undefined ? reason : `${label}: ${reason}`;
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
