import type { Spot } from '../protocol/observer.js';
import { END, SKIP, WAIT } from '../protocol/pull.js';
import type { CompilableHead } from '../protocol/segment.js';
import type { Step } from '../protocol/step.js';
import { Bailout } from './bailout.js';
import type { CompileInput } from './compile-input.js';

type Factory = (...uses: readonly unknown[]) => object;

const signals = { END, SKIP, WAIT };

/** What V8 has learned of one loop serves the next over the same callbacks: as a rule, those of the same source text. */
const kept = new Map<string, Factory>();

/** Programs have fewer pipelines than that, as a rule. */
const MOST_KEPT = 256;

/** Generating code takes longer than a short pipeline does; what is new is slow either way. */
const COMPILE_AFTER = 64;

/** What thousands of steps nest in each other may be deeper than V8's stack, which shows only when it runs. */
const MOST_STEPS = 1000;

/** Of the names of its stages, how many at each end a generated function bears, and how much of each. */
const MOST_NAMED = 4;
const LONGEST_NAME = 40;

const setting = process.env['SLUICE_COMPILE'] ?? '';
const wish = /^\d+$/.test(setting) ? Number(setting) : COMPILE_AFTER;

/** How many items a segment moves before it is compiled; Infinity where code can't be generated, or is not to be. */
export const compiling = { after: wish > 0 ? wish - 1 : Infinity };

let made = 0;

/**
 * Makes a function of a text, over the names of its input; nothing where code can't be generated, or not so much of
 * it. `form` tells the text from others, so that it need not be written again.
 */
export function generate<F extends object>(
  input: CompileInput,
  form: string,
  text: () => string,
): F | undefined {
  if (input.segment.steps.length > MOST_STEPS) return undefined;
  try {
    return generated<F>(input, form, text);
  } catch (error) {
    // No code may be generated in this process.
    if (error instanceof EvalError) compiling.after = Infinity;
    // Of thousands of stages, V8 may have no stack for the text of all.
    else if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function generated<F extends object>(input: CompileInput, form: string, text: () => string): F {
  const uses = usesOf(input);
  const names = Object.keys(uses);
  // One text may be made over more names or fewer, and they are given by place.
  const key = [form, names.join(), ...callbacks(input).map(sourceOf)].join('\n');
  const factory = keep(key, kept.get(key) ?? make(names, text()));
  const made = factory(...Object.values(uses));
  const { segment, drain } = input;
  const stages = [...segment.steps.map(({ step }) => step), ...(drain ? [drain] : [])];
  const value = titleOf(stages.map(({ name }) => name));
  return Object.defineProperty(made, 'name', { value }) as F;
}

/** For a stack trace: one line, and of a long pipeline both ends. */
function titleOf(names: readonly string[]): string {
  const cut = names.length > 2 * MOST_NAMED;
  const shown = cut ? [...names.slice(0, MOST_NAMED), '…', ...names.slice(-MOST_NAMED)] : names;
  return shown.map((name) => excerpt(name.replace(/[\p{C}\p{Z}]+/gu, ' '))).join(' → ');
}

const excerpt = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;

/** At the expense of what has not been used for longest. */
function keep(key: string, factory: Factory): Factory {
  kept.delete(key);
  kept.set(key, factory);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(oldest as string);
  return factory;
}

/** What belongs to a step has its number behind its name; the drain's comes after theirs. */
function usesOf(input: CompileInput): Record<string, unknown> {
  const { segment, drain, context, meter } = input;
  const uses: Record<string, unknown> = {};
  const add = (at: number | '', own: object): void => {
    for (const [name, use] of Object.entries(own))
      if (use !== undefined) uses[`${name}${at}`] = use;
  };
  add('', { ...input, ...endsOf(input), ...signals });
  segment.steps.forEach((pull, at) => {
    const { fold, done } = pull.step;
    const fn = callbackOf(pull.step);
    add(at, { pull, fn, fold, done, context: pull.context, ...spotted(pull) });
  });
  const last = { fn: takerOf(drain), fold: drain?.fold, context, ...spotted(meter) };
  add(segment.steps.length, last);
  return uses;
}

function endsOf(input: CompileInput): object {
  const { segment } = input;
  const { source } = segment.head as CompilableHead;
  const bailout = new Bailout(input);
  return { source, bailout, ...(segment.spot && { headSpot: segment.spot }) };
}

const spotted = (place: { readonly spot: Spot | undefined } | undefined): object =>
  place?.spot ? { spot: place.spot } : {};

const callbackOf = ({ map, test, tap, fold, expand }: Step): unknown =>
  fold?.fn ?? map ?? test ?? tap ?? expand;

const takerOf = (drain: CompileInput['drain']): unknown => drain?.fold?.fn ?? drain?.take;

const callbacks = ({ segment, drain }: CompileInput): readonly unknown[] => [
  ...segment.steps.map(({ step }) => callbackOf(step)),
  ...(drain ? [takerOf(drain)] : []),
];

/** Not by a method of the callback's own, which may be anything. */
const sourceOf = (callback: unknown): string =>
  Function.prototype.toString.call(callback as () => unknown);

/** No two are alike, as V8 would take equal ones for the same. Each name has a second one with a dollar, for local variables. */
function make(names: readonly string[], text: string): Factory {
  made += 1;
  const doubled = names.map((name) => `$${name} = ${name}`).join();
  const strict = `'use strict';\nconst ${doubled};\n${text}\n//# sourceURL=sluice:segment-${made}`;
  return new Function(...names, strict) as Factory;
}
