import { generate } from './generate.js';
import { LEFT, type Left } from './hand-over.js';
import type { LoopMaterial, Material, PullMaterial } from './material.js';
import type { Pulled, WAIT } from './pull.js';
import { type Shape, type SourceShape, type StepShape, shapeOf } from './shape.js';
import type { Step } from './step.js';
import { type Watching, watched } from './watching.js';

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
export const compile = (material: LoopMaterial): Burst | undefined =>
  written<Burst>('burst', burstText, material);

/** Of one shape, texts are alike. */
function written<F extends (item?: unknown) => unknown>(
  form: string,
  textOf: (shape: Shape, watching: Watching) => string,
  material: Material,
): F | undefined {
  const shape = shapeOf(material);
  return watched(material, (watching) => {
    const key = `${form} ${watching.name} ${shape.key}`;
    return generate<F>(material, key, () => textOf(shape, watching));
  });
}

function burstText({ source, steps, drain }: Shape, watching: Watching): string {
  const { done, fold, numbers } = drain;
  const at = steps.length;
  const ready = `${done ? `if (drain.done()) ${HALT}` : ''} if (loop.interrupted) ${HALT}`;
  return unroll(source, steps, watching, {
    enter: `const loop = $loop, source = $source; ${locals(at + 1)} let credits = slice.credits;
      ${fold ? `let value${at} = fold${at}.value;` : ''} ${numbers ? loadNumber(at) : ''}`,
    next: 'while (credits > 0)',
    way: `credits -= 1; ${sections(source, steps, watching, ready)}
      if (loop.halted) ${HALT}
      ${blame(at, watching)}${fold ? foldItem(at) : takeItem(at)} ${numbers ? keepNumber(at) : ''} continue;`,
    leave: `slice.credits = credits; ${fold ? `fold${at}.value = value${at};` : ''}`,
    result: 'true',
  });
}

/** Generates the pull of a segment whose items somebody takes one by one. */
export const compilePull = (material: PullMaterial): OnePull | undefined =>
  written<OnePull>('pull', pullText, material);

function pullText({ source, steps }: Shape, watching: Watching): string {
  const ready = `if (host.run.stopping || host.due()) ${HALT}`;
  return unroll(source, steps, watching, {
    enter: '',
    next: 'for (;;)',
    way: `${sections(source, steps, watching, ready)} answer = item; break way;`,
    leave: watching.leaves(steps.length - 1),
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
  watching: Watching,
  form: Form,
): string => `return function() {
  ${hasThen}
  let index = segment.index, section = 0, left = 0, at, answer, of;
  ${counters(steps, watching.load)}${lines(steps, load)}
  ${form.enter}
  ${indexed ? 'let next = source.next;' : ''}
  way: ${form.next} {
    let r, item, blame = -1, why = ${LEFT.threw};
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
  ${counters(steps, watching.store)}${lines(steps, store)}
  ${form.leave}
  return left === 0 ? ${form.result} : handOver.take(left, at, answer, of);
}`;

/** One item comes of one, if any: no step makes more of it, ends early, or hands over what it holds in quiet times. */
const isStraight = ({ step: { expand, done, idle, held } }: { readonly step: Step }): boolean =>
  !(expand ?? done ?? idle ?? held);

/** Generates the way of a single item through a straight segment, so that it need not stop first. */
export function compilePass(material: LoopMaterial): Pass | undefined {
  const { meter, segment } = material;
  if (!segment.steps.every(isStraight)) return undefined;
  const pass = written<Pass>('pass', passText, material);
  if (!meter || !pass) return pass;
  return (item) => {
    meter.begin();
    const passed = pass(item);
    if (passed) meter.rest(false, false);
    return passed;
  };
}

function passText({ steps, drain }: Shape, watching: Watching): string {
  const end = steps.length;
  const apply: Template = (step, at) =>
    `${blame(at, watching)}${applyStep(step, at, watching, inFold)}`;
  return `return function(item) {
    ${hasThen}
    ${counters(steps, watching.load)}let r, blame = -1, why = ${LEFT.threw};
    segment.index += 1;
    try {
      turn: {
        do {
          ${lines(steps, apply)}
          if (loop.halted) ${leave(LEFT.halted)}
          ${blame(end, watching)}${drain.fold ? foldItem(end, inFold) : takeItem(end)}
          ${drain.acknowledged ? '' : 'if (r !== undefined)'} loop.last.answered(r);
          ${drain.rest ? 'if (loop.live) drain.rest();' : ''}
        } while (false);
        ${drain.done ? 'if (drain.done()) loop.wake();' : ''}
        why = 0;
      }
    } catch (error) {
      r = error;
    }
    ${counters(steps, watching.store)}
    return why === 0 || handOver.takeOne(why, blame, r, item);
  }`;
}

type Template = (step: StepShape, at: number) => string;

const lines = (steps: readonly StepShape[], template: Template): string =>
  steps.map(template).join('\n');

/** The item that came in is kept where it may be asked for later: by what `expand` makes of it, or by `done`. */
const keepsItem = ({ expand, done }: StepShape): boolean => Boolean(expand ?? done);

const load: Template = (step, at) => `
  ${keepsItem(step) ? `let item${at} = pull${at}.item;` : ''}
  ${step.fold ? `let value${at} = fold${at}.value;` : ''}
  ${step.expand ? `let inner${at} = pull${at}.inner; if (inner${at}) section = ${at + 1};` : ''}`;

const store: Template = (step, at) => `
  ${keepsItem(step) ? `pull${at}.item = item${at};` : ''}
  ${step.fold ? `fold${at}.value = value${at};` : ''}
  ${step.expand ? `pull${at}.inner = inner${at};` : ''}`;

/**
 * A section begins where items come from: the source, or what an `expand` has answered. An item runs from there to the
 * drain, or to the next `expand`, which begins a section of its own. `ready` asks whether items may be moved.
 */
function sections(
  source: SourceShape,
  steps: readonly StepShape[],
  watching: Watching,
  ready: string,
): string {
  const start = (from: number): string => {
    const asked = steps.map((step, at) => (step.done && at >= from ? isDone(at) : '')).reverse();
    return `${asked.join(' ')} ${ready}`;
  };
  let before = '0';
  const parts = steps.map((step, at) => {
    const keep = keepsItem(step) ? `item${at} = item;` : '';
    const apply = `${blame(at, watching)}${keep} ${applyStep(step, at, watching)}`;
    if (!step.expand) return apply;
    const section = at + 1;
    const next = `section = ${section}; case ${section}: ${start(section)} ${pullInner(at, watching, before)}`;
    before = `inner${at} ? ${section} : ${before}`;
    return `${apply} ${next}`;
  });
  const pulled = `${blame(-1, watching)}${read(source)}`;
  const body = `${start(0)} ${pulled} ${parts.join('\n')}`;
  return before === '0' ? body : `switch (section) { case 0: ${body} }`;
}

const counters = (steps: readonly StepShape[], text: (at: number) => string): string =>
  steps.map((_, at) => text(at)).join('');

/** Without an item: V8 makes no object of one that nobody else may see. */
const HALT = `{ left = ${LEFT.halted}; break way; }`;

const leave = (why: Left = LEFT.answered): string => `{ why = ${why}; break turn; }`;

/** The stage is at work. */
const blame = (at: number, watching: Watching): string => `blame = ${at}; ${watching.enters(at)}`;

const isDone = (at: number): string => `blame = ${at}; item = item${at}; if (done${at}()) ${HALT}`;

/** What each item needs is in a local variable: V8 need not load it again for each. */
const locals = (stages: number): string =>
  Array.from(
    { length: stages },
    (_, at) => `const fn${at} = $fn${at}, context${at} = $context${at};`,
  ).join(' ');

/** What is no symbol is no signal: so V8 need not compare numbers with one. */
const PULLED = `
  if (typeof r === 'symbol' || r === null) ${leave()}
  item = r; index += 1;`;

const PULL = `r = source.pull(); ${PULLED}`;

/** Where the source has come to is its own business while it is asked. */
const REFILL = `
  if (next < source.limit) { r = source.at(next); next += 1; }
  else { source.next = next; r = source.pull(); next = source.next; }
  ${PULLED}`;

/** What is no ordinary item, the source's own pull deals with. */
const READ = `
  if (next >= source.limit) ${HALT}
  r = source.at(next);
  if (typeof r === 'object' && (r === null || hasThen(r))) ${HALT}
  next += 1; item = r; index += 1;`;

const read = ({ indexed, refills }: SourceShape): string => {
  if (!indexed) return PULL;
  return refills ? REFILL : READ;
};

/** What a step hands over when input is quiet comes of no item before it, so the section before may have none. */
const pullInner = (at: number, watching: Watching, before: string): string => `
  ${blame(at, watching)}item = item${at};
  r = inner${at}.pull();
  if (typeof r === 'symbol') {
    if (r === WAIT) ${leave(LEFT.expanded)}
    if (r === END) { inner${at} = undefined; section = ${before}; continue; }
  }
  if (r === null) ${leave(LEFT.expanded)}
  ${watching.made(at)}item = r;`;

/**
 * In a function of its own, and made where it is used, so that V8 puts it in line: an optimised callback may go on making
 * objects of a map that V8 has deprecated, and each look at one resets how hot the function looks that contains it.
 */
const hasThen = `const hasThen = (r) => typeof r.then === 'function';`;
const leavePromise = `if (typeof r === 'object' && r !== null && hasThen(r)) ${leave()}`;
const leaveOdd = `if (typeof r === 'object' && (r === null || hasThen(r))) ${leave()}`;
const is = (signal: string): string => `typeof r === 'symbol' && r === ${signal}`;

const applyStep = (
  { map, test, tap, fold }: StepShape,
  at: number,
  watching: Watching,
  value = inLocal,
): string => {
  if (fold)
    return `r = fn${at}(${value(at)}, item, context${at}); ${leaveOdd} ${value(at)} = item = r;`;
  const call = `r = fn${at}(item, context${at});`;
  if (map) return `${call} ${leaveOdd} if (${is('SKIP')}) ${watching.dropped(at)} item = r;`;
  if (test) return `${call} ${leavePromise} if (!r) ${watching.dropped(at)}`;
  if (tap) return `${call} ${leavePromise}`;
  return `${watching.gone(at)}${call} ${leavePromise} inner${at} = pull${at}.expanded(r);`;
};

/** Where the value of a fold is: in a local variable over many items, where it belongs for one. */
type Place = (at: number) => string;
const inLocal: Place = (at) => `value${at}`;
const inFold: Place = (at) => `fold${at}.value`;

const takeItem = (at: number): string => `
  r = fn${at}(item, context${at});
  if (${is('WAIT')}) ${leave()}
  ${leavePromise}`;

const foldItem = (at: number, value = inLocal): string => `
  r = fn${at}(${value(at)}, item, context${at});
  ${leavePromise}
  ${value(at)} = r;`;

/** What V8 knows to be a number needs no object, and it knows that of a sign's result. */
const loadNumber = (at: number): string => `
  if (typeof value${at} !== 'number') return undefined;
  value${at} = +value${at};`;

const keepNumber = (at: number): string => `
  if (typeof r !== 'number') break way;
  value${at} = +r;`;
