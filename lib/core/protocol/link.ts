import type { StageRef } from '../base/errors.js';
import type { Host } from './host.js';
import type { Pull } from './pull.js';
import type { Step } from './step.js';

/** Where items come from: opened once, when the first item is wanted. */
export interface Origin<T = unknown> {
  readonly name: string;
  /** Its errors already name their stage, or are those of the user's own streams. */
  readonly transparent?: boolean;
  /** Fed by somebody who ends it himself, so a graceful stop is not its business. */
  readonly fed?: boolean;
  /** The loop that feeds it, if it is one of the same run. */
  readonly feeder?: Host;
  /** It reads a stream of bytes. */
  readonly bytes?: boolean;
  open(host: Host, ref: StageRef): Pull<T>;
}

export type Opener<T = unknown> = (host: Host) => Pull<T>;

/** A stage that pulls in a way of its own, rather than step by step. */
export interface Through<I = unknown, O = unknown> {
  readonly name: string;
  readonly transparent?: boolean;
  /** A stream of bytes is read there. */
  readonly bytes?: boolean;
  through(upstream: Opener<I>, host: Host, ref: StageRef): Pull<O>;
}

export type Link = Step<never, unknown> | Through<never, unknown>;

export interface Plan {
  readonly origin: Origin;
  readonly links: readonly Link[];
}
