import type { StageRef } from '../base/errors.js';
import { type SideLine, stageRef } from '../base/stage-ref.js';
import { FusedPull } from '../compile/fused-pull.js';
import type { Host } from '../protocol/host.js';
import type { Opener, Origin, Plan, Through } from '../protocol/link.js';
import type { Opening } from '../protocol/observer.js';
import type { Pull } from '../protocol/pull.js';
import { type CompilableStep, Segment } from '../protocol/segment.js';
import type { Step } from '../protocol/step.js';
import { TracedInput, TracedOutput } from '../pulls/trace.js';
import { AckedStep } from './acked-step.js';
import { SegmentHead } from './segment-head.js';
import { StepPull } from './step-pull.js';

interface HeadOpening extends Opening {
  readonly host: Host;
  readonly segment: Segment;
  readonly kind: Pick<Origin, 'transparent' | 'fed' | 'feeder' | 'bytes'>;
}

/** Joins an origin and the links behind it to one pull: the segment. `within` is the line that they are, off the main one. */
export const openChain = (plan: Plan, host: Host, within?: SideLine): Pull<unknown> =>
  segmentOpener(...chainOpener(plan, within))(host);

/** The same for somebody who pulls from it item by item, rather than a loop that drains it. */
export const openInput = (plan: Plan, host: Host, within?: SideLine): Pull<unknown> =>
  fusedOpener(...chainOpener(plan, within))(host);

/** Opens all but its last segment. */
function chainOpener(plan: Plan, within?: SideLine): [open: Opener, segment: Segment] {
  let segment = new Segment();
  let open: Opener = headOpener(plan.origin, stageRef(plan.origin.name, 0, within), segment);
  plan.links.forEach((link, at) => {
    const ref = stageRef(link.name, at + 1, within);
    if ('through' in link) {
      const upstream = fusedOpener(open, segment);
      segment = new Segment();
      open = throughOpener(upstream, link as Through, ref, segment);
    } else open = stepOpener(open, link as Step<unknown>, ref, segment);
  });
  return [open, segment];
}

function fusedOpener(open: Opener, segment: Segment): Opener {
  return (host) => {
    const pull = segmentOpener(open, segment)(host);
    const plain = host.run.trace || host.acknowledged || segment.steps.length === 0;
    return plain ? pull : new FusedPull(pull, segment, host);
  };
}

/** Tells the host what it runs; last, as an origin may open chains of its own on the same host. */
function segmentOpener(open: Opener, segment: Segment): Opener {
  return (host) => {
    const pull = open(host);
    host.segment = segment;
    host.segments.push(segment);
    return pull;
  };
}

function headOpener(origin: Origin, ref: StageRef, segment: Segment): Opener {
  return (host) => {
    const open = () => origin.open(host, ref);
    return openHead(open, { ref, host, segment, kind: origin });
  };
}

function stepOpener(
  upstream: Opener,
  step: Step<unknown>,
  ref: StageRef,
  segment: Segment,
): Opener {
  return (host) => {
    const { trace } = host.run;
    const build = (input: Pull<unknown>) => {
      const pull = new StepPull(input, step, host, ref, segment);
      segment.steps.push(pull);
      return pull;
    };
    const source = upstream(host);
    const input = trace ? new TracedInput(source, ref, trace, host) : source;
    const pull =
      step.held && host.acknowledged
        ? new AckedStep(host, input, build, () => step.held?.() ?? 0)
        : build(input);
    const watched = watchedStep(pull, segment.steps.at(-1), ref, host);
    return trace ? new TracedOutput(watched, ref, trace) : watched;
  };
}

function watchedStep(
  pull: Pull<unknown>,
  step: CompilableStep | undefined,
  ref: StageRef,
  host: Host,
): Pull<unknown> {
  const { observer } = host.run;
  if (!observer || !step) return pull;
  step.spot = observer.step(ref, step, host);
  return observer.output(pull, step.spot, host);
}

function throughOpener(upstream: Opener, link: Through, ref: StageRef, segment: Segment): Opener {
  return (host) => {
    const { trace } = host.run;
    const input: Opener = (inner) =>
      trace ? new TracedInput(upstream(inner), ref, trace, inner) : upstream(inner);
    const kind = {
      transparent: link.transparent ?? false,
      fed: true,
      bytes: link.bytes ?? false,
    };
    const open = () => link.through(input, host, ref);
    return openHead(open, { ref, host, segment, kind });
  };
}

function openHead(open: () => Pull<unknown>, opening: HeadOpening): Pull<unknown> {
  const { ref, host, segment, kind } = opening;
  const { trace, observer } = host.run;
  const watched = observer ? observer.head(open, opening) : open;
  const head = new SegmentHead(watched, kind, ref, host, segment);
  const pull = trace ? new TracedOutput(head, ref, trace) : head;
  return observer && segment.spot ? observer.output(pull, segment.spot, host) : pull;
}
