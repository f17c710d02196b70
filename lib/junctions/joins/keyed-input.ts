import { type StageRef, stageError } from '../../core/base/errors.js';
import type { Callback } from '../../core/policy/callback.js';
import { type Keyed, type KeyOf, keyed } from '../../core/policy/keyed.js';
import type { Host } from '../../core/protocol/host.js';
import type { Pull, Pulled } from '../../core/protocol/pull.js';
import type { Segment } from '../../core/protocol/segment.js';
import { ForwardingPull } from '../../core/pulls/forwarding-pull.js';

/** One of several sources: its items with their keys. `ref` is to blame when something is wrong with them. */
export class KeyedInput extends ForwardingPull<Keyed<unknown>> {
  readonly #segment: Segment;
  readonly #ref: StageRef;

  /** `host` has just opened `upstream`: its segment is where the items of this source are counted. */
  constructor(upstream: Pull<unknown>, by: Callback<KeyOf<unknown>>, host: Host, ref: StageRef) {
    super(keyed(upstream, by, host, ref));
    this.#segment = host.segment;
    this.#ref = ref;
  }

  pull(): Pulled<Keyed<unknown>> {
    return this.source.pull();
  }

  /** What is wrong with the latest item. */
  failure(error: unknown, item: unknown): unknown {
    return stageError(this.#ref, error, this.#segment.index, item);
  }
}
