import { setImmediate as turn } from 'node:timers/promises';
import { destroyNow } from './destroy-now.js';
import type { Engine } from './engines.js';
import { failure, reason } from './failure.js';
import type { Part, Role } from './kind.js';

/** What happens to a run. */
export interface Scenario {
  readonly title: string;
  /** Where the stream of the kind may stand. Default: anywhere. */
  readonly roles?: readonly Role[];
  /** Whether the source gives more than any buffer holds. */
  readonly isLong?: boolean;
  /** What stands before the last stream. */
  readonly between?: (engine: Engine) => unknown;
  /** Whether the stream at that end, which is not of the kind, fails by itself. */
  readonly fails?: 'source' | 'sink';
  /** Done to the stream before the pipeline has it. */
  readonly before?: (part: Part) => Promise<void>;
  /** Done once items are on their way. */
  readonly during?: (part: Part, controller: AbortController) => void;
  /** How the run is to end with us, where that is not as with Node. */
  readonly rule?: 'an early end is success' | 'any rejection tells of it';
}

const beforehand = (error?: Error) => async (part: Part) => {
  destroyNow(part.stream, error);
  await turn();
  await turn();
};

export const scenarios: readonly Scenario[] = [
  { title: 'a normal end' },
  {
    title: 'an early end',
    isLong: true,
    between: (engine) => engine.takeTwo(),
    rule: 'an early end is success',
  },
  { title: 'a failing stage', isLong: true, between: (engine) => engine.failingStage() },
  { title: 'a failing Transform', isLong: true, between: (engine) => engine.failingTransform() },
  { title: 'a failing sink', isLong: true, roles: ['source', 'middle'], fails: 'sink' },
  { title: 'a failing source', roles: ['middle', 'sink'], fails: 'source' },
  { title: 'a signal', isLong: true, during: (_, controller) => controller.abort(reason) },
  {
    title: 'its own failure',
    isLong: true,
    during: (part) => destroyNow(part.stream, failure),
  },
  {
    title: 'its own destruction',
    isLong: true,
    during: (part) => destroyNow(part.stream),
  },
  {
    title: 'a failure beforehand',
    isLong: true,
    before: beforehand(failure),
    rule: 'any rejection tells of it',
  },
  {
    title: 'destruction beforehand',
    isLong: true,
    before: beforehand(),
    rule: 'any rejection tells of it',
  },
];
