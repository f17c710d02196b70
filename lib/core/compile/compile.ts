import type { Pulled, WAIT } from '../protocol/pull.js';
import { REASON } from './bailout.js';
import type { CompileInput, LoopInput, PullInput } from './compile-input.js';
import { generate } from './generate.js';
import { type Instrumentation, instrumented } from './instrumentation.js';
import { type Shape, type SourceShape, type StepShape, shapeOf } from './shape.js';
import {
  applyStep,
  counters,
  enterStage,
  foldItem,
  HALT,
  hasThen,
  inFold,
  keepNumber,
  leave,
  lines,
  load,
  loadNumber,
  locals,
  sections,
  store,
  type Template,
  takeItem,
} from './templates.js';

/**
 * Moves items for as long as possible. Returns true when the credits of the slice are used up, `WAIT` when no item is
 * there now, and false when plain pulls must go on. Returns undefined if it was made for folding numbers and the value
 * is none.
 */
export type Burst = () => boolean | typeof WAIT | undefined;

/** Takes one item through the segment to the drain. True if the next item may be asked for. */
export type Pass = (item: unknown) => boolean;

/** Returns the next item that comes out of the segment, or `WAIT`, or `STOP` when plain pulls must go on. */
export type OnePull = () => Pulled<unknown>;

/**
 * Generates one loop for a segment and its drain: the plain pulls unrolled, for as long as no stage waits, ends or
 * emits held items. Then it stops between two items, and leaves its state where the plain pulls find it. The text
 * contains only these templates and numbers, never a user's text; the function gets its name afterwards.
 */
export const compile = (input: LoopInput): Burst | undefined =>
  written<Burst>('burst', burstText, input);

/** Segments of the same shape have the same text. */
function written<F extends (item?: unknown) => unknown>(
  form: string,
  textOf: (shape: Shape, instrumentation: Instrumentation) => string,
  input: CompileInput,
): F | undefined {
  const shape = shapeOf(input);
  return instrumented(input, (instrumentation) => {
    const key = `${form} ${instrumentation.name} ${shape.key}`;
    return generate<F>(input, key, () => textOf(shape, instrumentation));
  });
}

/**
 * How many steps a peeled loop may have. From version 12 on, V8 avoids allocating only a limited number of objects, and
 * a peeled loop contains each of them twice.
 */
const MOST_PEELED = Number.parseInt(process.versions.v8, 10) < 12 ? Infinity : 8;

/** Keeps V8 from peeling the loop, as code that has never run does: see `unroll`. It does not change the condition. */
const UNPEELED = ' && !loop.live';

function burstText({ source, steps, drain }: Shape, instrumentation: Instrumentation): string {
  const { done, fold, numbers } = drain;
  const at = steps.length;
  const ready = `${done ? `if (drain.done()) ${HALT}` : ''} if (loop.interrupted) ${HALT}`;
  return unroll(source, steps, instrumentation, {
    enter: `const loop = $loop, source = $source; ${locals(at + 1)} let credits = slice.credits;
      ${fold ? `let value${at} = fold${at}.value;` : ''} ${numbers ? loadNumber(at) : ''}`,
    repeat: 'while (credits > 0)',
    body: `credits -= 1; ${sections(source, steps, instrumentation, ready)}
      if (loop.halted${at > MOST_PEELED ? UNPEELED : ''}) ${HALT}
      ${enterStage(at, instrumentation)}${fold ? foldItem(at) : takeItem(at)} ${numbers ? keepNumber(at) : ''} continue;`,
    leave: `slice.credits = credits; ${fold ? `fold${at}.value = value${at};` : ''}`,
    result: 'true',
  });
}

/** Generates the pull of a segment for a reader that pulls items one by one. */
export const compilePull = (input: PullInput): OnePull | undefined =>
  written<OnePull>('pull', pullText, input);

function pullText({ source, steps }: Shape, instrumentation: Instrumentation): string {
  const ready = `if (host.run.stopping || host.due()) ${HALT}`;
  return unroll(source, steps, instrumentation, {
    enter: '',
    repeat: 'for (;;)',
    body: `${sections(source, steps, instrumentation, ready)} answer = item; break allItems;`,
    leave: instrumentation.leaves(steps.length - 1),
    result: 'answer',
  });
}

/** The parts in which the generated functions that pull their source differ. */
interface Form {
  readonly enter: string;
  /** The head of the loop over the items. */
  readonly repeat: string;
  /** What is done with one item. It leaves the block `oneItem` to stop, with `reason` set. */
  readonly body: string;
  readonly leave: string;
  readonly result: string;
}

/**
 * State is in local variables while the function runs. The loop must not contain code that has never run by the time V8
 * optimises it, since V8 would not peel such a loop. Peeling lets V8 check what holds for all items only before the
 * second one. So all rare cases are in `Bailout`. `r` is what the last call returned; `stage` is the stage that is at
 * work.
 */
const unroll = (
  { indexed }: SourceShape,
  steps: readonly StepShape[],
  instrumentation: Instrumentation,
  form: Form,
): string => `return function() {
  ${hasThen}
  let index = segment.index, section = 0, exit = 0, exitStage, answer, exitItem;
  ${counters(steps, instrumentation.load)}${lines(steps, load)}
  ${form.enter}
  ${indexed ? 'let next = source.next;' : ''}
  allItems: ${form.repeat} {
    let r, item, stage = -1, reason = ${REASON.threw};
    try {
      oneItem: {
        ${form.body}
      }
    } catch (error) {
      r = error;
    }
    exit = reason; exitStage = stage; answer = r; exitItem = item;
    break;
  }
  segment.index = index;
  ${indexed ? 'source.next = next;' : ''}
  ${counters(steps, instrumentation.store)}${lines(steps, store)}
  ${form.leave}
  return exit === 0 ? ${form.result} : bailout.take(exit, exitStage, answer, exitItem);
}`;

/**
 * Generates a function that takes a single item through a straight segment, so that the item need not be queued first.
 */
export function compilePass(input: LoopInput): Pass | undefined {
  const { meter, segment } = input;
  if (!segment.straight) return undefined;
  const pass = written<Pass>('pass', passText, input);
  if (!meter || !pass) return pass;
  return (item) => {
    meter.begin();
    const passed = pass(item);
    if (passed) meter.rest(false, false);
    return passed;
  };
}

function passText({ steps, drain }: Shape, instrumentation: Instrumentation): string {
  const end = steps.length;
  const apply: Template = (step, at) =>
    `${enterStage(at, instrumentation)}${applyStep(step, at, instrumentation, inFold)}`;
  return `return function(item) {
    ${hasThen}
    ${counters(steps, instrumentation.load)}let r, stage = -1, reason = ${REASON.threw};
    segment.index += 1;
    try {
      oneItem: {
        do {
          ${lines(steps, apply)}
          if (loop.halted) ${leave(REASON.halted)}
          ${enterStage(end, instrumentation)}${drain.fold ? foldItem(end, inFold) : takeItem(end)}
          ${drain.acknowledged ? '' : 'if (r !== undefined)'} loop.last.answered(r);
          ${drain.rest ? 'if (loop.live) drain.rest();' : ''}
        } while (false);
        ${drain.done ? 'if (drain.done()) loop.wake();' : ''}
        reason = 0;
      }
    } catch (error) {
      r = error;
    }
    ${counters(steps, instrumentation.store)}
    return reason === 0 || bailout.takeOne(reason, stage, r, item);
  }`;
}
