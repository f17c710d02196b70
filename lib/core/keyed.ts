import type { StageRef } from './errors.js';
import type { Host } from './host.js';
import type { Pull } from './pull.js';
import type { Context } from './run.js';
import { StepPull } from './step-pull.js';
import { whenReady } from './thenable.js';

/** Answers an item's key, or a promise of it. */
export type KeyOf<T, K = unknown> = (item: T, context: Context) => K | PromiseLike<K>;

export interface Keyed<T> {
  readonly key: unknown;
  readonly item: T;
}

/** Each item with its key. Whoever `ref` names is to blame when there is none. */
export function keyed<T>(
  upstream: Pull<T>,
  keyOf: KeyOf<T>,
  host: Host,
  ref: StageRef,
): Pull<Keyed<T>> {
  const map = (item: T, context: Context) =>
    whenReady(keyOf(item, context), (key): Keyed<T> => ({ key, item }));
  return new StepPull<T, Keyed<T>>(upstream, { name: ref.name, map }, host, ref);
}
