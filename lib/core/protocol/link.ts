import type { StageRef } from '../base/errors.js';
import type { Host } from './host.js';
import type { Taken } from './part.js';
import type { Pull } from './pull.js';
import type { Step } from './step.js';

/** The start of a chain: where its items come from. It is opened once, with the chain. */
export interface Origin<T = unknown> extends Taken {
  /** Set for a branch of `tee`: how many items the `PassThrough` before a stream of the user's holds for it. */
  readonly buffer?: number;
  readonly name: string;
  /** True if its errors need no stage name: they have one already, or are those of a user's stream. */
  readonly transparent?: boolean;
  /** True if other code feeds and ends it, such as a junction or a producer: then a graceful stop does not end it. */
  readonly fed?: boolean;
  /** The loop of the same run that feeds it, if there is one. */
  readonly feeder?: Host;
  /** True if it reads a stream of bytes: statistics count them. */
  readonly bytes?: boolean;
  /** The streams of the user's that it stands for, in a row. Default: it is one part of the pipeline. */
  readonly streams?: readonly object[];
  open(host: Host, ref: StageRef): Pull<T>;
}

export type Opener<T = unknown> = (host: Host) => Pull<T>;

/** A stage that is more than a step: it opens its input itself and returns its own pull. */
export interface Through<I = unknown, O = unknown> extends Taken {
  readonly name: string;
  readonly transparent?: boolean;
  /** True if the stage reads a stream of bytes. */
  readonly bytes?: boolean;
  /** The streams of the user's that it stands for, in a row. Default: it is one part of the pipeline. */
  readonly streams?: readonly object[];
  through(upstream: Opener<I>, host: Host, ref: StageRef): Pull<O>;
}

export type Link = Step<never, unknown> | Through<never, unknown>;

export interface Plan {
  readonly origin: Origin;
  readonly links: readonly Link[];
}

const widthOf = (part: Origin | Link): number => ('streams' in part && part.streams?.length) || 1;

/** The position of the part behind the first `count` links: streams that stand beside each other count one by one. */
export const positionBehind = ({ origin, links }: Plan, count: number): number =>
  links.slice(0, count).reduce((sum, link) => sum + widthOf(link), widthOf(origin));
