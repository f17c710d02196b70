/** Counts the runs by name, and collects their failures. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly failures: string[] = [];
  readonly #under = new Map<string, number>();

  /** Runs a workload, and notes its failure. */
  async run(name: string, work: () => Promise<void>): Promise<void> {
    this.#move(this.#under, name, 1);
    try {
      await work();
      this.#move(this.counts, name, 1);
    } catch (error) {
      this.fail(name, error);
    }
    this.#move(this.#under, name, -1);
  }

  fail(what: string, error: unknown): void {
    const { cause = undefined } = error instanceof Error ? error : {};
    const texts = [error, cause].map((each) => (each instanceof Error ? each.stack : each));
    this.failures.push(`${what}: ${texts.filter((each) => each !== undefined).join('\n  by ')}`);
  }

  /** The names of the workloads in progress. */
  get under(): string[] {
    return [...this.#under].filter(([, count]) => count > 0).map(([name]) => name);
  }

  #move(counts: Map<string, number>, name: string, by: number): void {
    counts.set(name, (counts.get(name) ?? 0) + by);
  }
}
