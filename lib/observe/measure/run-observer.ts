import type { StageRef } from '../../core/base/errors.js';
import type {
  LastStage,
  Metered,
  Observer,
  Opening,
  Watched,
} from '../../core/protocol/observer.js';
import type { Pull } from '../../core/protocol/pull.js';
import type { Waiting } from '../../core/stall/wait-report.js';
import { nowMs } from '../../core/time/clock.js';
import { type RunEnd, type RunStart, runEnds, runStarts } from './channels.js';
import { type AtWork, BEFORE, FIRST_PLACE, LoopMeter } from './loop-meter.js';
import { JointPull, MeteredPull } from './metered-pull.js';
import { readRun } from './read-run.js';
import { type About, Row } from './row.js';
import type { RunStats } from './run-stats.js';
import { WeighedPull } from './weighed-pull.js';

let runs = 0;

/** What is being opened: a loop, or the inputs of a stage. */
interface Scope {
  /** Rows whose items no other row takes yet. */
  loose: Row[];
  /** Whether it belongs to a stage that is being opened itself. */
  readonly inner: boolean;
}

/** Watches one run: a row for each stage, a meter for each loop. */
export class RunObserver implements Observer {
  readonly rows: Row[] = [];
  readonly meters: LoopMeter[] = [];
  begun = nowMs();
  ended: number | undefined;
  readonly #run: Watched;
  #number = 0;
  readonly #atWork: AtWork = { meter: undefined, places: FIRST_PLACE };
  readonly #outer: Scope[] = [];
  #orders = 0;
  #scope: Scope = { loose: [], inner: false };

  constructor(run: Watched) {
    this.#run = run;
  }

  begin(): void {
    runs += 1;
    this.#number = runs;
    this.begun = nowMs();
    const start: RunStart = { run: this.#number, read: () => this.read() };
    if (runStarts.hasSubscribers) runStarts.publish(start);
  }

  end(): void {
    this.ended ??= nowMs();
    if (!runEnds.hasSubscribers) return;
    const end: RunEnd = {
      run: this.#number,
      stats: this.read(),
      error: this.#run.context.failure?.error,
    };
    runEnds.publish(end);
  }

  read(): RunStats {
    return readRun(this);
  }

  meter(): LoopMeter {
    const meter = new LoopMeter(this.#atWork);
    meter.inner = this.#scope.inner;
    this.#enter(false);
    return meter;
  }

  #enter(inner: boolean): void {
    this.#outer.push(this.#scope);
    this.#scope = { loose: [], inner };
  }

  #leave(): readonly Row[] {
    const { loose } = this.#scope;
    this.#scope = this.#outer.pop() ?? { loose: [], inner: false };
    return loose;
  }

  /** Numbers a loop: all loops before it are open by now. Returns the rows whose items its drain takes. */
  #opened(meter: LoopMeter): readonly Row[] {
    if (meter.reported) this.meters.push(meter);
    meter.order = ++this.#orders;
    return this.#leave();
  }

  #add(about: About, place = this.#placeIn(about.meter)): Row {
    const row = new Row(place, about);
    if (about.kind !== 'door' && about.meter.reported) this.rows.push(row);
    for (const input of about.inputs) input.takenBy(row);
    return row;
  }

  #placeIn(meter: LoopMeter): number {
    return meter.reported ? this.#atWork.places++ : BEFORE;
  }

  head(open: () => Pull<unknown>, opening: Opening): () => Pull<unknown> {
    return () => {
      let source: Pull<unknown> | undefined;
      this.#enter(true);
      try {
        source = open();
      } finally {
        this.#addHead(this.#leave(), opening, source ?? {});
      }
      return this.#watched(source, opening);
    };
  }

  #addHead(inputs: readonly Row[], opening: Opening, waiting: Waiting): void {
    const { ref, host, segment, kind } = opening;
    const meter = host.meter as LoopMeter;
    if (inputs.some((input) => !input.about.meter.reported)) meter.reported = false;
    const given = (): number => segment.index + 1;
    const about = { ref, meter, waiting, given };
    const feeder = kind.feeder?.meter as LoopMeter | undefined;
    const row = feeder
      ? this.#add({ ...about, kind: 'door', inputs: [] }, BEFORE)
      : this.#add({ ...about, kind: inputs.length > 0 ? 'stage' : 'source', inputs });
    if (feeder) feeder.branch(row, meter);
    if (inputs.every((input) => input.about.meter !== meter)) meter.restPlace = row.place;
    for (const { about } of inputs) if (about.meter.inner) about.meter.feed(meter, row);
    segment.spot = row;
    this.#scope.loose.push(row);
  }

  #watched(source: Pull<unknown>, { host, segment, kind }: Opening): Pull<unknown> {
    const row = segment.spot as Row;
    const pull = kind.bytes ? new WeighedPull(source, row) : source;
    return row.about.inputs.length > 0 ? new JointPull(pull, row, host) : pull;
  }

  step(ref: StageRef, waiting: Waiting, host: Metered): Row {
    const { loose } = this.#scope;
    const inputs = loose.splice(-1);
    const row = this.#add({ ref, kind: 'stage', inputs, meter: host.meter as LoopMeter, waiting });
    loose.push(row);
    return row;
  }

  output(pull: Pull<unknown>, row: Row, host: Metered): Pull<unknown> {
    return new MeteredPull(pull, row, host);
  }

  drain<T>(last: LastStage, host: Metered, open: () => T): T {
    const meter = host.meter as LoopMeter;
    const inputs = this.#opened(meter);
    const { ref, drain } = last;
    const kind = meter.inner ? 'door' : 'sink';
    const row = this.#add({ ref, kind, inputs, meter, waiting: drain });
    if (drain.bytes) row.bytesIn = () => last.bytes;
    meter.setDrain(row);
    if (meter.inner) this.#scope.loose.push(...inputs);
    return open();
  }

  reader(chain: Pull<unknown>, host: Metered): Pull<unknown> {
    const meter = host.meter as LoopMeter;
    this.#opened(meter);
    this.begin();
    meter.begin();
    const close = (): void | Promise<void> => {
      meter.end();
      if (this.ended === undefined) this.end();
      return chain.close();
    };
    return { pull: () => chain.pull(), close };
  }
}
