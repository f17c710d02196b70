import type { StageRef } from '../base/errors.js';
import { whenReady } from '../base/thenable.js';
import { StepPull } from '../chain/step-pull.js';
import type { Context } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { Pull } from '../protocol/pull.js';
import { linkWithPolicies } from './apply-policies.js';
import type { Callback } from './callback.js';

/** Returns the key of an item, or a promise of it. */
export type KeyOf<T, K = unknown> = (item: T, context: Context) => K | PromiseLike<K>;

export interface Keyed<T> {
  readonly key: unknown;
  readonly item: T;
}

/** Pulls each item with its key. Items that `by` drops are left out; errors name the stage `ref`. */
export function keyed<T>(
  upstream: Pull<T>,
  by: Callback<KeyOf<T>>,
  host: Host,
  ref: StageRef,
): Pull<Keyed<T>> {
  const map = (item: T, context: Context) =>
    whenReady(by.fn(item, context), (key): Keyed<T> => ({ key, item }));
  const link = linkWithPolicies({ name: ref.name, map }, by);
  const pull =
    'through' in link
      ? link.through(() => upstream as Pull<never>, host, ref)
      : new StepPull(upstream as Pull<never>, link, host, ref);
  return pull as Pull<Keyed<T>>;
}
