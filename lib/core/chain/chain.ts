import type { StageRef } from '../base/errors.js';
import { type SideLine, stageRef } from '../base/stage-ref.js';
import { FusedPull } from '../compile/fused-pull.js';
import type { Host } from '../protocol/host.js';
import {
  type Link,
  type Opener,
  type Origin,
  type Plan,
  positionBehind,
  type Through,
} from '../protocol/link.js';
import type { Opening } from '../protocol/observer.js';
import { enterParts } from '../protocol/part.js';
import type { Pull } from '../protocol/pull.js';
import { Segment } from '../protocol/segment.js';
import type { Step } from '../protocol/step.js';
import { TracedInput, TracedOutput } from '../pulls/trace.js';
import { AckedStep } from './acked-step.js';
import { SegmentHead } from './segment-head.js';
import { StepPull } from './step-pull.js';

/** Where in a chain a pull is opened. */
interface Place {
  readonly ref: StageRef;
  readonly host: Host;
  readonly segment: Segment;
}

interface HeadOpening extends Opening, Place {
  readonly host: Host;
  readonly segment: Segment;
  readonly kind: Pick<Origin, 'transparent' | 'fed' | 'feeder' | 'bytes'>;
}

/**
 * Opens a plan for a loop: the origin, and one pull for each link before index `end`. `within` is the side line that
 * the plan stands in, unless it is the main line.
 */
export function openChain(
  plan: Plan,
  host: Host,
  within?: SideLine,
  end = plan.links.length,
): Pull<unknown> {
  const segment = new Segment();
  const nameAt = (at: number): string => (at < 0 ? plan.origin : (plan.links[at] as Link)).name;
  const placeOf = (at: number): Place => ({
    ref: stageRef(nameAt(at), at < 0 ? 0 : positionBehind(plan, at), within),
    host,
    segment,
  });
  const first = plan.links.findLastIndex((link, at) => at < end && 'through' in link);
  let pull =
    first < 0 ? openOrigin(plan, placeOf(-1)) : openThrough(plan, first, placeOf(first), within);
  for (let at = first + 1; at < end; at += 1)
    pull = openStep(pull, plan.links[at] as Step<unknown>, placeOf(at));
  // Set last, because an origin may open other chains on the same host.
  host.segment = segment;
  host.segments.push(segment);
  return pull;
}

/**
 * As `openChain`, for a reader that pulls items one by one, without a drain. The segment is then compiled as a pull.
 */
export function openInput(
  plan: Plan,
  host: Host,
  within?: SideLine,
  end = plan.links.length,
): Pull<unknown> {
  const pull = openChain(plan, host, within, end);
  const { segment } = host;
  const isPlain = host.run.trace || host.acknowledged || segment.steps.length === 0;
  return isPlain ? pull : new FusedPull(pull, segment, host);
}

function openOrigin({ origin }: Plan, place: Place): Pull<unknown> {
  enterParts(origin, place.host);
  return openHead(() => origin.open(place.host, place.ref), { ...place, kind: origin });
}

/** A `Through` decides itself when, and on which host, the links before it are opened. */
function openThrough(plan: Plan, at: number, place: Place, within?: SideLine): Pull<unknown> {
  const { ref, host } = place;
  const { trace } = host.run;
  const link = plan.links[at] as Through;
  enterParts(link, host);
  const upstream: Opener = (inner) => {
    const input = openInput(plan, inner, within, at);
    return trace ? new TracedInput(input, ref, trace, inner) : input;
  };
  const kind = { transparent: link.transparent ?? false, fed: true, bytes: link.bytes ?? false };
  return openHead(() => link.through(upstream, host, ref), { ...place, kind });
}

/** Opens the first pull of a segment, wrapped for statistics and the trace. */
function openHead(open: () => Pull<unknown>, opening: HeadOpening): Pull<unknown> {
  const { ref, host, segment, kind } = opening;
  const { trace, observer } = host.run;
  const watched = observer ? observer.head(open, opening) : open;
  const head = new SegmentHead(watched, kind, ref, host, segment);
  const pull = trace ? new TracedOutput(head, ref, trace) : head;
  return observer && segment.spot ? observer.output(pull, segment.spot, host) : pull;
}

function openStep(source: Pull<unknown>, step: Step<unknown>, place: Place): Pull<unknown> {
  const { ref, host, segment } = place;
  const { trace, observer } = host.run;
  enterParts(step, host);
  const input = trace ? new TracedInput(source, ref, trace, host) : source;
  const build = (from: Pull<unknown>): StepPull<unknown, unknown> => {
    const stepPull = new StepPull(from, step, host, ref, segment);
    segment.steps.push(stepPull);
    if (observer) stepPull.spot = observer.step(ref, stepPull, host);
    return stepPull;
  };
  const { held } = step;
  let pull: Pull<unknown> =
    held && host.acknowledged ? new AckedStep(host, input, build, () => held()) : build(input);
  const { spot } = segment.steps.at(-1) ?? {};
  if (observer && spot) pull = observer.output(pull, spot, host);
  return trace ? new TracedOutput(pull, ref, trace) : pull;
}
