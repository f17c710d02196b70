import { Ack, releaseAll, retainAll } from '../core/ack.js';

const first = (answers: unknown[]): unknown => answers[0];

/** An ack for each of so many branches; when the last is done, `parents` get what `combine` makes of their answers. */
export function splitAcks(
  parents: readonly Ack[],
  count: number,
  combine = first,
): readonly Ack[] | undefined {
  if (count === 0) return undefined;
  const answers = new Array<unknown>(count).fill(undefined);
  let left = count;
  retainAll(parents);
  const settle = (at: number, answer: unknown): void => {
    answers[at] = answer;
    left -= 1;
    if (left > 0) return;
    const combined = combine(answers);
    for (const parent of parents) parent.answer = combined;
    releaseAll(parents);
  };
  return answers.map((_, at) => new Ack((answer) => settle(at, answer)));
}
