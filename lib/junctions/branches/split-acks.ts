import { type StageRef, stageError } from '../../core/base/errors.js';
import { attempt } from '../../core/base/thenable.js';
import { Ack, releaseAll, retainAll } from '../../core/protocol/ack.js';
import type { DrainHost } from '../../core/protocol/drain.js';

/** An item that the junction `stage` gives to `count` branches. */
interface Given {
  readonly stage: StageRef;
  readonly item: unknown;
  readonly count: number;
}

const first = (answers: unknown[]): unknown => answers[0];

/**
 * Makes an ack for each branch. When all are done, the item's own acks get what `combine` makes of the branches'
 * answers. If `combine` fails, the run fails.
 */
export function splitAcks(
  loop: DrainHost,
  { stage, item, count }: Given,
  combine = first,
): readonly Ack[] | undefined {
  const { acks: parents } = loop;
  if (!parents || count === 0) return undefined;
  const { index } = loop.segment;
  const answers = new Array<unknown>(count).fill(undefined);
  let left = count;
  retainAll(parents);
  const answered = (answer: unknown): void => {
    for (const parent of parents) parent.answer = answer;
    releaseAll(parents);
  };
  const failed = (error: unknown): void => {
    loop.fail(stageError(stage, error, index, item));
    releaseAll(parents);
  };
  const settle = (at: number, answer: unknown): void => {
    answers[at] = answer;
    left -= 1;
    if (left === 0) void attempt(() => combine(answers), answered, failed);
  };
  return answers.map((_, at) => new Ack((answer) => settle(at, answer)));
}
