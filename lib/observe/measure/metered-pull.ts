import type { Metered } from '../../core/protocol/observer.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { ForwardingPull } from '../../core/pulls/forwarding-pull.js';
import type { LoopMeter } from './loop-meter.js';
import type { Row } from './row.js';

/** Wraps a pull of a stage, and reports to the row of that stage. */
abstract class ReportingPull extends ForwardingPull<unknown> {
  protected readonly row: Row;
  protected readonly host: Metered;

  constructor(pull: Pull<unknown>, row: Row, host: Metered) {
    super(pull);
    this.row = row;
    this.host = host;
  }
}

/** Wraps the pull of a stage: counts the items that the stage emits, reports its waits, and measures its time in samples. */
export class MeteredPull extends ReportingPull {
  pull(): Pulled<unknown> {
    const row = this.row;
    const { meter } = this.host;
    if (meter?.sampling) meter.enter(row.place);
    const item = this.source.pull();
    if (item === WAIT) meter?.waits(row.place);
    else if (item !== END) row.hand();
    if (meter?.sampling) meter.enter(row.next);
    return item;
  }
}

/** Wraps the pull of a stage that has inputs of its own: a wait of one input counts only if the stage itself waits. */
export class JointPull extends ReportingPull {
  pull(): Pulled<unknown> {
    const meter = this.host.meter as LoopMeter;
    const before = meter.beginInputs();
    const item = this.source.pull();
    meter.endInputs(before, item === WAIT, this.row.place);
    return item;
  }
}
