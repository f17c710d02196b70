import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../../lib/core/protocol/context.js';
import type { Drain } from '../../lib/core/protocol/drain.js';
import { Fold } from '../../lib/core/protocol/fold.js';
import { SKIP } from '../../lib/core/protocol/pull.js';
import type { Items, Step } from '../../lib/core/protocol/step.js';
import { tap } from '../../lib/operators/tap.js';
import { stage } from '../../lib/streams/define.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Sink } from '../../lib/streams/sink.js';
import type { PipelineOptions } from '../../lib/streams/types.js';
import type { Note } from './account.js';
import { scripted } from './scripted.js';

export type Hooks = Omit<Step<unknown, unknown>, 'name'>;
export type Drainage = Omit<Drain<unknown>, 'name'>;

export const fails = (): never => {
  throw new Error('broken on purpose');
};

/** Values that a callback may return. */
export const answers: Record<string, () => unknown> = {
  'a value': () => 'made',
  undefined: () => undefined,
  false: () => false,
  'an empty array': () => [],
  null: () => null,
  'a promise of a value': async () => 'made',
  'a promise of undefined': async () => undefined,
  'a promise of null': async () => null,
  'a promise that takes a turn': () => turn('made'),
  'a foreign thenable': () => ({ then: (done: (value: string) => void) => done('made') }),
  'an error thrown': fails,
  'undefined thrown': () => {
    throw undefined;
  },
  'a rejection': async () => fails(),
};
export const skips = { SKIP: () => SKIP, 'a promise of SKIP': async () => SKIP };

/** The item for which the callbacks return an unusual value. An undefined item is an item. */
export const odd = undefined;
export const items = ['a', 'b', 'c', odd, 'e', 'f', 'g'];

export type Act = (item: unknown) => unknown;

const folding = (act: Act) =>
  new Fold<unknown, unknown>((all, x) => (x === odd ? act(x) : `${all}${x}`), '-');

/** Each kind of step, around a callback. */
export const stepKinds: Record<string, (act: Act) => Hooks> = {
  map: (act) => ({ map: (x) => (x === odd ? act(x) : x) }),
  test: (act) => ({ test: (x) => (x === odd ? act(x) : x !== 'f') }),
  tap: (act) => ({ tap: (x) => (x === odd ? act(x) : null) }),
  fold: (act) => ({ fold: folding(act) }),
  expand: (act) => ({ expand: (x) => (x === odd ? act(x) : [x, x]) as Items<unknown> }),
};

/** Each kind of drain, around a callback. */
export const drainKinds: Record<string, (act: Act) => Drainage> = {
  'a drain that takes': (act) => {
    const taken: unknown[] = [];
    const takes = (x: unknown) => (x === odd ? act(x) : void taken.push(x));
    return { take: takes, end: () => taken };
  },
  'a drain that folds': (act) => {
    const fold = folding(act);
    return {
      fold,
      take: (x: unknown, context: Context) => fold.take(x, context),
      end: () => fold.value,
    };
  },
};

/** Runs a script through steps, and notes the input and the output. */
export const runScript = (
  note: Note,
  script: readonly unknown[],
  hooks: readonly Hooks[],
  end: Sink<unknown, unknown>,
  options: PipelineOptions = {},
): Promise<unknown> =>
  pipeline(
    [
      scripted(note, script),
      tap((x) => note('before', x)),
      ...hooks.map((each, at) => stage<unknown, unknown>(`step ${at}`, each)),
      tap((x) => note('after', x)),
      end,
    ],
    options,
  );
