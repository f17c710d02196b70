import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Mocha from 'mocha';
import { countRuns, randomRuns } from '../../test/helpers/random-runs.js';
import { soakWholeRuns } from '../../test/properties/soak.js';
import type { Random } from './random.js';

const FOLDER = 'dist/test/properties';
/** This test checks a run of the whole suite, so it is left out. */
const OTHER = 'random-runs.test.js';
const WHOLE_RUNS_MS = 500;

/** The property tests, run with a new seed each time. */
export class Properties {
  readonly titles: string[] = [];
  readonly #mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout: 60_000 });
  #wholeRuns = 0;

  static async load(): Promise<Properties> {
    const properties = new Properties();
    await properties.#load();
    return properties;
  }

  async #load(): Promise<void> {
    const mocha = this.#mocha.cleanReferencesAfterRun(false);
    for (const name of readdirSync(FOLDER))
      if (name.endsWith('.test.js') && name !== OTHER) mocha.addFile(join(FOLDER, name));
    await mocha.loadFilesAsync();
    // The files are loaded; otherwise each run would load them again.
    mocha.files = [];
    mocha.suite.eachTest((test: Mocha.Test) => void this.titles.push(test.fullTitle()));
  }

  /** How many random runs there have been. */
  get runs(): number {
    return randomRuns() + this.#wholeRuns;
  }

  /** Runs one property, then whole runs for a while; throws their errors. */
  async run(random: Random, title = random.from(this.titles) ?? ''): Promise<void> {
    const seed = random.below(2 ** 31);
    fc.configureGlobal({ seed, reporter: countRuns });
    const errors: unknown[] = [];
    await new Promise<void>((resolve) => {
      const runner = this.#mocha.grep(new RegExp(`^${escaped(title)}$`)).run(() => resolve());
      runner.on('fail', (_, error) => errors.push(error));
    });
    if (errors.length > 0) throw new Error(`${title}, SLUICE_SEED=${seed}`, { cause: errors[0] });
    const soaked = await soakWholeRuns(WHOLE_RUNS_MS, random.below(2 ** 31));
    this.#wholeRuns += soaked.reduce((sum, { runs }) => sum + runs, 0);
  }
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
