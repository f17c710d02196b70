import { REASON, type Reason } from './bailout.js';
import type { Instrumentation } from './instrumentation.js';
import type { SourceShape, StepShape } from './shape.js';

export type Template = (step: StepShape, at: number) => string;

export const lines = (steps: readonly StepShape[], template: Template): string =>
  steps.map(template).join('\n');

/** The item that came in is kept where it may be asked for later: by what `expand` makes of it, or by `done`. */
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
 * A section begins where items come from: the source, or what an `expand` has answered. An item runs from there to the
 * drain, or to the next `expand`, which begins a section of its own. `ready` asks whether items may be moved.
 */
export function sections(
  source: SourceShape,
  steps: readonly StepShape[],
  watching: Instrumentation,
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

export const counters = (steps: readonly StepShape[], text: (at: number) => string): string =>
  steps.map((_, at) => text(at)).join('');

/** Without an item: V8 makes no object of one that nobody else may see. */
export const HALT = `{ left = ${REASON.halted}; break way; }`;

export const leave = (why: Reason = REASON.answered): string => `{ why = ${why}; break turn; }`;

/** The stage is at work. */
export const blame = (at: number, watching: Instrumentation): string =>
  `blame = ${at}; ${watching.enters(at)}`;

const isDone = (at: number): string => `blame = ${at}; item = item${at}; if (done${at}()) ${HALT}`;

/** What each item needs is in a local variable: V8 need not load it again for each. */
export const locals = (stages: number): string =>
  Array.from(
    { length: stages },
    (_, at) => `const fn${at} = $fn${at}, context${at} = $context${at};`,
  ).join(' ');

const leavePromise = `if (typeof r === 'object' && r !== null && hasThen(r)) ${leave()}`;
const leaveOdd = `if (typeof r === 'object' && (r === null || hasThen(r))) ${leave()}`;

/** What is no symbol is no signal: so V8 need not compare numbers with one. */
const PULLED = `
  if (typeof r === 'symbol' || r === null) ${leave()}
  item = r; index += 1;`;

const PULL = `r = source.pull(); ${PULLED}`;

/** While the source is asked, it must know where it has come to. */
const REFILL = `
  if (next < source.limit) { r = source.at(next); next += 1; }
  else { source.next = next; r = source.pull(); next = source.next; }
  ${PULLED}`;

/** What the source does not refill it with may be promises, which it waits for itself. */
const READ = `
  if (next >= source.limit) ${HALT}
  r = source.at(next); next += 1;
  ${leaveOdd}
  item = r; index += 1;`;

const read = ({ indexed, refills }: SourceShape): string => {
  if (!indexed) return PULL;
  return refills ? REFILL : READ;
};

/** What a step hands over when input is quiet comes of no item before it, so the section before may have none. */
const pullInner = (at: number, watching: Instrumentation, before: string): string => `
  ${blame(at, watching)}item = item${at};
  r = inner${at}.pull();
  if (typeof r === 'symbol') {
    if (r === WAIT) ${leave(REASON.expanded)}
    if (r === END) { inner${at} = undefined; section = ${before}; continue; }
  }
  if (r === null) ${leave(REASON.expanded)}
  ${watching.made(at)}item = r;`;

/**
 * In a function of its own, and made where it is used, so that V8 puts it in line: an optimised callback may go on making
 * objects of a map that V8 has deprecated, and each look at one resets how hot the function looks that contains it.
 */
export const hasThen = `const hasThen = (r) => typeof r.then === 'function';`;
const is = (signal: string): string => `typeof r === 'symbol' && r === ${signal}`;

export const applyStep = (
  { map, test, tap, fold }: StepShape,
  at: number,
  watching: Instrumentation,
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
export const inFold: Place = (at) => `fold${at}.value`;

export const takeItem = (at: number): string => `
  r = fn${at}(item, context${at});
  if (${is('WAIT')}) ${leave()}
  ${leavePromise}`;

export const foldItem = (at: number, value = inLocal): string => `
  r = fn${at}(${value(at)}, item, context${at});
  ${leavePromise}
  ${value(at)} = r;`;

/** What V8 knows to be a number needs no object, and it knows that of a sign's result. */
export const loadNumber = (at: number): string => `
  if (typeof value${at} !== 'number') return undefined;
  value${at} = +value${at};`;

export const keepNumber = (at: number): string => `
  if (typeof r !== 'number') break way;
  value${at} = +r;`;
