import type { Pulled, WAIT } from '../protocol/pull.js';
import { REASON } from './bailout.js';
import type { CompileInput, LoopInput, PullInput } from './compile-input.js';
import { generate } from './generate.js';
import { type Instrumentation, instrumented } from './instrumentation.js';
import { type Shape, type SourceShape, type StepShape, shapeOf } from './shape.js';
import {
  applyStep,
  blame,
  counters,
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
 * Moves items while it can: true when the slice's credits are used up, `WAIT` when there is nothing now, false when the
 * plain pulls must go on; undefined when it was made for numbers, and the value so far is none.
 */
export type Burst = () => boolean | typeof WAIT | undefined;

/** Takes one item that has just come through the segment; true when the next may be asked for. */
export type Pass = (item: unknown) => boolean;

/** The next item that comes through the segment, or `WAIT`, or what says that a plain pull must tell. */
export type OnePull = () => Pulled<unknown>;

/**
 * Generates the loop of a segment and its drain: the plain pulls unrolled, for as long as nothing has to wait, ends or
 * hands over what it holds. There it stops, between two items, and leaves its state where the plain pulls find it.
 * The text is made of these templates and numbers only; names are set afterwards.
 */
export const compile = (input: LoopInput): Burst | undefined =>
  written<Burst>('burst', burstText, input);

/** Of one shape, texts are alike. */
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

/** V8 keeps no more than some objects out of memory from 12 on, and has each of them twice in a loop that it has peeled. */
const MOST_PEELED = Number.parseInt(process.versions.v8, 10) < 12 ? Infinity : 8;

/** Says nothing more, but has never been asked by the time V8 optimises the loop: see `unroll`. */
const UNPEELED = ' && !loop.live';

function burstText({ source, steps, drain }: Shape, instrumentation: Instrumentation): string {
  const { done, fold, numbers } = drain;
  const at = steps.length;
  const ready = `${done ? `if (drain.done()) ${HALT}` : ''} if (loop.interrupted) ${HALT}`;
  return unroll(source, steps, instrumentation, {
    enter: `const loop = $loop, source = $source; ${locals(at + 1)} let credits = slice.credits;
      ${fold ? `let value${at} = fold${at}.value;` : ''} ${numbers ? loadNumber(at) : ''}`,
    next: 'while (credits > 0)',
    way: `credits -= 1; ${sections(source, steps, instrumentation, ready)}
      if (loop.halted${at > MOST_PEELED ? UNPEELED : ''}) ${HALT}
      ${blame(at, instrumentation)}${fold ? foldItem(at) : takeItem(at)} ${numbers ? keepNumber(at) : ''} continue;`,
    leave: `slice.credits = credits; ${fold ? `fold${at}.value = value${at};` : ''}`,
    result: 'true',
  });
}

/** Generates the pull of a segment whose items somebody takes one by one. */
export const compilePull = (input: PullInput): OnePull | undefined =>
  written<OnePull>('pull', pullText, input);

function pullText({ source, steps }: Shape, instrumentation: Instrumentation): string {
  const ready = `if (host.run.stopping || host.due()) ${HALT}`;
  return unroll(source, steps, instrumentation, {
    enter: '',
    next: 'for (;;)',
    way: `${sections(source, steps, instrumentation, ready)} answer = item; break way;`,
    leave: instrumentation.leaves(steps.length - 1),
    result: 'answer',
  });
}

/** What a generated function that asks its source does in its own way. */
interface Form {
  readonly enter: string;
  /** Again and again, or until there is an item. */
  readonly next: string;
  /** Of one item. Where it ends without going on, `why` says why. */
  readonly way: string;
  readonly leave: string;
  readonly result: string;
}

/**
 * State is in local variables while the function runs; what only a failure needs is so for an item. No code is in the loop
 * that has never run by the time V8 optimises it, other than what V8 needs to know nothing about: it would keep V8 from
 * peeling the loop, which is to ask before the second item what holds for all. The rest is in `HandOver`.
 */
const unroll = (
  { indexed }: SourceShape,
  steps: readonly StepShape[],
  instrumentation: Instrumentation,
  form: Form,
): string => `return function() {
  ${hasThen}
  let index = segment.index, section = 0, left = 0, at, answer, of;
  ${counters(steps, instrumentation.load)}${lines(steps, load)}
  ${form.enter}
  ${indexed ? 'let next = source.next;' : ''}
  way: ${form.next} {
    let r, item, blame = -1, why = ${REASON.threw};
    try {
      turn: {
        ${form.way}
      }
    } catch (error) {
      r = error;
    }
    left = why; at = blame; answer = r; of = item;
    break;
  }
  segment.index = index;
  ${indexed ? 'source.next = next;' : ''}
  ${counters(steps, instrumentation.store)}${lines(steps, store)}
  ${form.leave}
  return left === 0 ? ${form.result} : bailout.take(left, at, answer, of);
}`;

/** Generates the way of a single item through a straight segment, so that it need not stop first. */
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
    `${blame(at, instrumentation)}${applyStep(step, at, instrumentation, inFold)}`;
  return `return function(item) {
    ${hasThen}
    ${counters(steps, instrumentation.load)}let r, blame = -1, why = ${REASON.threw};
    segment.index += 1;
    try {
      turn: {
        do {
          ${lines(steps, apply)}
          if (loop.halted) ${leave(REASON.halted)}
          ${blame(end, instrumentation)}${drain.fold ? foldItem(end, inFold) : takeItem(end)}
          ${drain.acknowledged ? '' : 'if (r !== undefined)'} loop.last.answered(r);
          ${drain.rest ? 'if (loop.live) drain.rest();' : ''}
        } while (false);
        ${drain.done ? 'if (drain.done()) loop.wake();' : ''}
        why = 0;
      }
    } catch (error) {
      r = error;
    }
    ${counters(steps, instrumentation.store)}
    return why === 0 || bailout.takeOne(why, blame, r, item);
  }`;
}
