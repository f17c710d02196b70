import { REASON, type Reason } from './bailout.js';
import type { Instrumentation } from './instrumentation.js';
import type { SourceShape, StepShape } from './shape.js';

export type Template = (step: StepShape, at: number) => string;

export const lines = (steps: readonly StepShape[], template: Template): string =>
  steps.map(template).join('\n');

/** Whether a step needs its input item later, to name it in an error of `done` or of an expanded item. */
const keepsItem = ({ expand, done }: StepShape): boolean => Boolean(expand ?? done);

export const load: Template = (step, at) => `
  ${keepsItem(step) ? `let item${at} = pull${at}.item;` : ''}
  ${step.fold ? `let value${at} = fold${at}.value;` : ''}
  ${step.expand ? `let inner${at} = pull${at}.inner; if (inner${at}) section = ${at + 1};` : ''}`;

export const store: Template = (step, at) => `
  ${keepsItem(step) ? `pull${at}.item = item${at};` : ''}
  ${step.fold ? `fold${at}.value = value${at};` : ''}
  ${step.expand ? `pull${at}.inner = inner${at};` : ''}`;

/**
 * A section begins where items come from: at the source, or after an `expand`. An item runs from there to the drain, or
 * to the next `expand`, where the next section begins. `ready` is code that checks whether items may be moved.
 */
export function sections(
  source: SourceShape,
  steps: readonly StepShape[],
  instrumentation: Instrumentation,
  ready: string,
): string {
  const start = (from: number): string => {
    const asked = steps.map((step, at) => (step.done && at >= from ? isDone(at) : '')).reverse();
    return `${asked.join(' ')} ${ready}`;
  };
  let before = '0';
  const parts = steps.map((step, at) => {
    const keep = keepsItem(step) ? `item${at} = item;` : '';
    const apply = `${enterStage(at, instrumentation)}${keep} ${applyStep(step, at, instrumentation)}`;
    if (!step.expand) return apply;
    const section = at + 1;
    const next = `section = ${section}; case ${section}: ${start(section)} ${pullInner(at, instrumentation, before)}`;
    before = `inner${at} ? ${section} : ${before}`;
    return `${apply} ${next}`;
  });
  const pulled = `${enterStage(-1, instrumentation)}${read(source)}`;
  const body = `${start(0)} ${pulled} ${parts.join('\n')}`;
  return before === '0' ? body : `switch (section) { case 0: ${body} }`;
}

export const counters = (steps: readonly StepShape[], text: (at: number) => string): string =>
  steps.map((_, at) => text(at)).join('');

/** Stops the loop, for plain pulls to go on. It passes no item on, so V8 need not allocate it as an object. */
export const HALT = `{ exit = ${REASON.halted}; break allItems; }`;

/** Leaves the block of the current item, for the bailout to handle what came of it. */
export const leave = (reason: Reason = REASON.answered): string =>
  `{ reason = ${reason}; break oneItem; }`;

/** Notes which stage is at work, for errors and statistics. */
export const enterStage = (at: number, instrumentation: Instrumentation): string =>
  `stage = ${at}; ${instrumentation.enters(at)}`;

const isDone = (at: number): string => `stage = ${at}; item = item${at}; if (done${at}()) ${HALT}`;

/** Copies the callbacks and contexts into local variables, which V8 need not load again for each item. */
export const locals = (stages: number): string =>
  Array.from(
    { length: stages },
    (_, at) => `const fn${at} = $fn${at}, context${at} = $context${at};`,
  ).join(' ');

const leavePromise = `if (typeof r === 'object' && r !== null && hasThen(r)) ${leave()}`;
const leaveOdd = `if (typeof r === 'object' && (r === null || hasThen(r))) ${leave()}`;

/** Only a symbol can be a signal, so V8 need not compare numbers with the signals. */
const PULLED = `
  if (typeof r === 'symbol' || r === null) ${leave()}
  item = r; index += 1;`;

const PULL = `r = source.pull(); ${PULLED}`;

/** The source must know the index while its `pull` is called. */
const REFILL = `
  if (next < source.limit) { r = source.at(next); next += 1; }
  else { source.next = next; r = source.pull(); next = source.next; }
  ${PULLED}`;

/** An item of such a source may be a promise, which the source itself waits for. */
const READ = `
  if (next >= source.limit) ${HALT}
  r = source.at(next); next += 1;
  ${leaveOdd}
  item = r; index += 1;`;

const read = ({ indexed, refills }: SourceShape): string => {
  if (!indexed) return PULL;
  return refills ? REFILL : READ;
};

/** The items that a step emits when idle follow no input item, so the section before may be at none. */
const pullInner = (at: number, instrumentation: Instrumentation, before: string): string => `
  ${enterStage(at, instrumentation)}item = item${at};
  r = inner${at}.pull();
  if (typeof r === 'symbol') {
    if (r === WAIT) ${leave(REASON.expanded)}
    if (r === END) { inner${at} = undefined; section = ${before}; continue; }
  }
  if (r === null) ${leave(REASON.expanded)}
  ${instrumentation.made(at)}item = r;`;

/**
 * A function of its own inside the text, so that V8 inlines it. An optimised callback may go on making objects of a
 * hidden class that V8 has deprecated, and each look at such an object resets the counter that makes a function hot. A
 * loop that looked itself would never be optimised.
 */
export const hasThen = `const hasThen = (r) => typeof r.then === 'function';`;
const is = (signal: string): string => `typeof r === 'symbol' && r === ${signal}`;

export const applyStep = (
  { map, test, tap, fold }: StepShape,
  at: number,
  instrumentation: Instrumentation,
  value = inLocal,
): string => {
  if (fold)
    return `r = fn${at}(${value(at)}, item, context${at}); ${leaveOdd} ${value(at)} = item = r;`;
  const call = `r = fn${at}(item, context${at});`;
  if (map) return `${call} ${leaveOdd} if (${is('SKIP')}) ${instrumentation.dropped(at)} item = r;`;
  if (test) return `${call} ${leavePromise} if (!r) ${instrumentation.dropped(at)}`;
  if (tap) return `${call} ${leavePromise}`;
  return `${instrumentation.gone(at)}${call} ${leavePromise} inner${at} = pull${at}.expanded(r);`;
};

/** The text for the value of a fold: a local variable in a loop, the fold's field for a single item. */
type ValueText = (at: number) => string;
const inLocal: ValueText = (at) => `value${at}`;
export const inFold: ValueText = (at) => `fold${at}.value`;

export const takeItem = (at: number): string => `
  r = fn${at}(item, context${at});
  if (${is('WAIT')}) ${leave()}
  ${leavePromise}`;

export const foldItem = (at: number, value = inLocal): string => `
  r = fn${at}(${value(at)}, item, context${at});
  ${leavePromise}
  ${value(at)} = r;`;

/** The unary plus tells V8 that the value is a number, so it allocates no object for it. */
export const loadNumber = (at: number): string => `
  if (typeof value${at} !== 'number') return undefined;
  value${at} = +value${at};`;

export const keepNumber = (at: number): string => `
  if (typeof r !== 'number') break allItems;
  value${at} = +r;`;
