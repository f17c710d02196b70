import type { RunStats } from '../../observe/measure/run-stats.js';
import { type Progress, progressLine, progressSummary } from '../../observe/progress-line.js';
import { Recent } from '../../observe/show/recent.js';
import { type Stats, stats } from '../../observe/stats.js';
import { statsTable } from '../../observe/stats-table.js';
import type { Faults } from '../errors/faults.js';
import { terminalTable } from '../errors/terminal-table.js';
import type { InputMeter } from '../input/input-meter.js';
import type { Open } from '../output/open-files.js';
import type { ViewPlan } from '../plan/view-plan.js';
import { Screen } from './screen.js';
import { type Labels, shownRun } from './shown-run.js';

const DRAW_MS = 100;
/**
 * The lines of the table besides those of stages: the header, the rule, and the number of stages that are not shown.
 */
const TABLE_LINES = 3;

/** Opens the file for a picture before the run begins, so that the run fails early if it cannot be written. */
export async function openLiveView(view: ViewPlan, open: Open, faults: Faults): Promise<LiveView> {
  const { openGraph } = await import('./graph-target.js');
  const graph = view.graph && (await openGraph(view.graph, faults));
  const hasFigures = view.stats !== undefined || graph !== undefined;
  return new LiveView(view, open, hasFigures ? stats() : undefined, graph);
}

/** Shows on stderr what a run does: on a terminal all the time, in place; and at the end. */
export class LiveView {
  readonly stats: Stats | undefined;
  readonly #view: ViewPlan;
  readonly #meters: readonly InputMeter[];
  readonly #inputs: Open['inputs'];
  readonly #labels: Labels;
  #graph: ((run: RunStats) => Promise<void>) | undefined;
  readonly #reads = new Recent<RunStats>();
  readonly #progresses = new Recent<Progress>();
  #began = 0;
  #screen: Screen | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    view: ViewPlan,
    { inputs, outputs }: Open,
    stats: Stats | undefined,
    graph: ((run: RunStats) => Promise<void>) | undefined,
  ) {
    this.#view = view;
    this.#inputs = inputs;
    this.#meters = inputs.flatMap(({ meter }) => meter ?? []);
    this.#labels = {
      inputs: inputs.map(({ label }) => label),
      outputs: outputs.map(({ label }) => label),
    };
    this.stats = stats;
    this.#graph = graph;
  }

  begin(): void {
    this.#began = performance.now();
    const { stderr, stdout, env } = process;
    // If stderr is closed, there is no place to report that.
    stderr.on('error', () => {});
    const isLive = stderr.isTTY && env['TERM'] !== 'dumb';
    if (!isLive || !(this.#view.progress || this.#view.stats === 'table')) return;
    this.#screen = new Screen(stderr, stdout.isTTY ? [stdout] : []);
    // `setImmediate` lets signal handlers run first: after SIGCONT, the lines drawn before are in another place.
    this.#timer = setInterval(() => setImmediate(() => this.#draw()), DRAW_MS).unref();
  }

  /** Called when the run is over, with or without an error. */
  end(): void {
    clearInterval(this.#timer);
    this.#screen?.close();
    this.#screen = undefined;
    const run = this.#read();
    const table = run ? this.#statsText(run) : '';
    const summary = this.#view.progress ? `${this.#summary()}\n` : '';
    if (table + summary !== '') process.stderr.write(table + summary);
  }

  /** Draws the picture, if there is one to draw. Later calls do nothing. */
  async draw(): Promise<void> {
    const [run, graph] = [this.#read(), this.#graph];
    this.#graph = undefined;
    if (run) await graph?.(run);
  }

  #read(): RunStats | undefined {
    return this.stats && shownRun(this.stats.read(), this.#labels);
  }

  #statsText(run: RunStats): string {
    const { stats } = this.#view;
    if (stats === 'json') return `${JSON.stringify(run)}\n`;
    return stats === 'table' ? statsTable(run, terminalTable(process.stderr)) : '';
  }

  #draw(): void {
    const screen = this.#screen;
    if (!screen) return;
    const { width, height } = screen;
    const progress = this.#view.progress ? [this.#progressLine(width)] : [];
    const run = this.#view.stats === 'table' ? this.#read() : undefined;
    const table = run ? this.#table(run, width, height - progress.length) : [];
    screen.draw([...table, ...progress].slice(-height));
  }

  #table(run: RunStats, width: number, height: number): readonly string[] {
    const rows = Math.max(height - TABLE_LINES, 1);
    const since = this.#reads.add(run);
    const look = { ...terminalTable(process.stderr), width, rows, since };
    return statsTable(run, look).trimEnd().split('\n');
  }

  #progressLine(width: number): string {
    const now = this.#progress();
    return progressLine(now, this.#progresses.add(now), width);
  }

  #summary(): string {
    const { width = Number.POSITIVE_INFINITY } = terminalTable(process.stderr);
    return progressSummary(this.#progress(), width);
  }

  #progress(): Progress {
    const meters = this.#meters;
    const totals = meters.map(({ total }) => total);
    return {
      elapsedMs: performance.now() - this.#began,
      bytes: sum(meters.map(({ bytes }) => bytes)),
      total: totals.includes(undefined) ? undefined : sum(totals as number[]),
      items: sum(this.#inputs.map(({ taken }) => taken.items)),
    };
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
