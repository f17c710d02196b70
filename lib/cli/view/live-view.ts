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
/** The head of the table, its rule, and what says how many stages are not shown. */
const TABLE_LINES = 3;

/** Opens the file of a picture before the run begins, so that one that can't be written is told then. */
export async function openLiveView(view: ViewPlan, open: Open, faults: Faults): Promise<LiveView> {
  const { openGraph } = await import('./graph-target.js');
  const graph = view.graph && (await openGraph(view.graph, faults));
  const hasFigures = view.stats !== undefined || graph !== undefined;
  return new LiveView(view, open, hasFigures ? stats() : undefined, graph);
}

/** Shows on stderr what a run does: all along, in place, if that is a terminal, and in the end. */
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
    // Nobody is left to be told that stderr is closed.
    stderr.on('error', () => {});
    const isLive = stderr.isTTY && env['TERM'] !== 'dumb';
    if (!isLive || !(this.#view.progress || this.#view.stats === 'table')) return;
    this.#screen = new Screen(stderr, stdout.isTTY ? [stdout] : []);
    // Behind what signals have to say: after SIGCONT, what was drawn is not where it was.
    this.#timer = setInterval(() => setImmediate(() => this.#draw()), DRAW_MS).unref();
  }

  /** The run is over, however it has ended. */
  end(): void {
    clearInterval(this.#timer);
    this.#screen?.close();
    this.#screen = undefined;
    const run = this.#read();
    const table = run ? this.#told(run) : '';
    const summary = this.#view.progress ? `${this.#summary()}\n` : '';
    if (table + summary !== '') process.stderr.write(table + summary);
  }

  /** Draws the picture, if one is to be drawn. What counts is the first call. */
  async draw(): Promise<void> {
    const [run, graph] = [this.#read(), this.#graph];
    this.#graph = undefined;
    if (run) await graph?.(run);
  }

  #read(): RunStats | undefined {
    return this.stats && shownRun(this.stats.read(), this.#labels);
  }

  #told(run: RunStats): string {
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
