import { NullItemError } from './errors.js';
import type { Head } from './head.js';
import type { Material } from './material.js';
import { END, SKIP, WAIT } from './pull.js';
import type { Segment } from './segment.js';

/**
 * How a function is made of generated text. `known`: only if the same text has been made for the same callbacks.
 * `shared`: so, or made now. `own`: made for this segment alone, so that V8 takes all that it uses for constants; worth
 * it where very many items come.
 */
export type Making = 'known' | 'shared' | 'own';

type Factory = (use: object) => object;

/** What V8 has learned of one loop serves the next over the same callbacks: as a rule, those of the same source text. */
const factories = new Map<string, Factory>();

/** Programs have fewer pipelines than that, as a rule. */
const KEPT_FACTORIES = 256;

let made = 0;

/** Makes a function of `text`, over the names of its material. Throws where code can't be generated. */
export function generate<F extends object>(
  material: Material,
  text: string,
  making: Making,
): F | undefined {
  const factory = making === 'own' ? make(text) : sharedFactory(material, text, making);
  if (!factory) return undefined;
  const { segment, drain } = material;
  const { head, steps } = segment as Segment & { head: Head };
  const failure = (error: unknown, blame: number, item: unknown): unknown => {
    if (blame < 0) return head.failure(error);
    const pull = steps[blame];
    if (!pull) return material.loop.refusal(error, item);
    pull.item = item;
    return pull.failure(error);
  };
  const use = { ...material, head, source: head.source, pulls: steps, failure };
  const generated = factory({ ...use, NullItemError, END, SKIP, WAIT });
  const names = [...steps.map(({ step }) => step.name), drain.name];
  return Object.defineProperty(generated, 'name', { value: names.join(' → ') }) as F;
}

function sharedFactory(material: Material, text: string, making: Making): Factory | undefined {
  const key = [text, ...callbacks(material).map(sourceOf)].join('\n');
  const known = factories.get(key);
  if (known || making === 'known') return known;
  const factory = make(text);
  const [oldest] = factories.keys();
  if (factories.size >= KEPT_FACTORIES && oldest !== undefined) factories.delete(oldest);
  factories.set(key, factory);
  return factory;
}

const callbacks = ({ segment, drain }: Material): readonly unknown[] => [
  ...segment.steps.map(
    ({ step: { map, test, tap, fold, expand } }) => fold?.fn ?? map ?? test ?? tap ?? expand,
  ),
  drain.fold?.fn ?? drain.take,
];

/** Not by a method of the callback's own, which may be anything. */
const sourceOf = (callback: unknown): string =>
  Function.prototype.toString.call(callback as () => unknown);

/** No two are alike, as V8 would take equal ones for the same. */
function make(text: string): Factory {
  made += 1;
  const use =
    'segment, drain, loop, slice, context, head, source, pulls, failure, NullItemError, END, SKIP, WAIT';
  const strict = `'use strict'; const { ${use} } = use;\n`;
  return new Function('use', `${strict}${text}\n//# sourceURL=sluice:segment-${made}`) as Factory;
}
