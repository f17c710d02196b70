import type { Spot } from '../protocol/observer.js';
import { END, SKIP, WAIT } from '../protocol/pull.js';
import type { CompilableHead } from '../protocol/segment.js';
import type { Step } from '../protocol/step.js';
import { Bailout } from './bailout.js';
import type { CompileInput } from './compile-input.js';

type Factory = (...uses: readonly unknown[]) => object;

const signals = { END, SKIP, WAIT };

/**
 * The compiled texts by key. V8 keeps what it has learned of a loop with its text, so a loop with the same steps and
 * the same callback sources reuses the text.
 */
const factories = new Map<string, Factory>();

/** How many texts are kept. Most programs have fewer pipelines. */
const MOST_KEPT = 256;

/** How many items a segment moves before it is compiled. Generating code takes longer than a short pipeline does. */
const COMPILE_AFTER = 64;

/** The most steps that are compiled. Code of more may nest too deep for V8's stack, which only shows when it runs. */
const MOST_STEPS = 1000;

/**
 * A generated function is named after so many stages at each end of the segment, and so many characters of each name.
 */
const MOST_NAMED = 4;
const LONGEST_NAME = 40;

const setting = process.env['SLUICE_COMPILE'] ?? '';
const fromItem = /^\d+$/.test(setting) ? Number(setting) : COMPILE_AFTER;

/** How many items a segment moves before it is compiled; Infinity if code can't be generated, or must not be. */
export const compiling = { after: fromItem > 0 ? fromItem - 1 : Infinity };

let textCount = 0;

/**
 * Makes a function of a generated text and gives it the values of `input` by name. Undefined if code can't be
 * generated, or not for so many steps. Equal keys mean equal texts, so `text` is only called for a key that is new.
 */
export function generate<F extends object>(
  input: CompileInput,
  textKey: string,
  text: () => string,
): F | undefined {
  if (input.segment.steps.length > MOST_STEPS) return undefined;
  try {
    return generated<F>(input, textKey, text);
  } catch (error) {
    // This process does not allow code generation.
    if (error instanceof EvalError) compiling.after = Infinity;
    // The text may be too deep for V8's parser.
    else if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function generated<F extends object>(input: CompileInput, textKey: string, text: () => string): F {
  const uses = usesOf(input);
  const names = Object.keys(uses);
  // The parameters are given by position, so the key includes their names.
  const key = [textKey, names.join(), ...callbacks(input).map(sourceOf)].join('\n');
  const factory = keep(key, factories.get(key) ?? make(names, text()));
  const fn = factory(...Object.values(uses));
  const { segment, drain } = input;
  const stages = [...segment.steps.map(({ step }) => step), ...(drain ? [drain] : [])];
  const value = titleOf(stages.map(({ name }) => name));
  return Object.defineProperty(fn, 'name', { value }) as F;
}

/** The name of the function in stack traces: the names of its stages on one line, shortened. */
function titleOf(names: readonly string[]): string {
  const isLong = names.length > 2 * MOST_NAMED;
  const shown = isLong ? [...names.slice(0, MOST_NAMED), '…', ...names.slice(-MOST_NAMED)] : names;
  return shown.map((name) => excerpt(name.replace(/[\p{C}\p{Z}]+/gu, ' '))).join(' → ');
}

const excerpt = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;

/** Adds a text to the cache, and removes the one that was not used for the longest time. */
function keep(key: string, factory: Factory): Factory {
  factories.delete(key);
  factories.set(key, factory);
  const [oldest] = factories.keys();
  if (factories.size > MOST_KEPT) factories.delete(oldest as string);
  return factory;
}

/** The values that the text uses, by name. A step's names end in its index, those of the drain in the next one. */
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

/** The callback may have a `toString` of its own, so that of functions is called. */
const sourceOf = (callback: unknown): string =>
  Function.prototype.toString.call(callback as () => unknown);

/**
 * Compiles a text. The number in its URL makes each text unique: V8 would treat equal texts as one. Each parameter is
 * also defined with a dollar in front, for texts that keep it in a local variable under its own name.
 */
function make(names: readonly string[], text: string): Factory {
  textCount += 1;
  const doubled = names.map((name) => `$${name} = ${name}`).join();
  const strict = `'use strict';\nconst ${doubled};\n${text}\n//# sourceURL=sluice:segment-${textCount}`;
  return new Function(...names, strict) as Factory;
}
