import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Mocha from 'mocha';
import { countRuns, randomRuns } from '../../test/helpers/random-runs.js';
import { soakWholeRuns } from '../../test/properties/soak.js';
import type { Random } from './random.js';

const FOLDER = 'dist/test/properties';
/** It looks back on a run of the whole suite. */
const OTHER = 'random-runs.test.js';
const WHOLE_RUNS_MS = 500;

/** The random runs of the tests, each time with a seed of their own. */
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
    // They are loaded, and each run would load them again.
    mocha.files = [];
    mocha.suite.eachTest((test: Mocha.Test) => void this.titles.push(test.fullTitle()));
  }

  /** How many random runs there have been. */
  get runs(): number {
    return randomRuns() + this.#wholeRuns;
  }

  /** Tries one of them, then whole runs for a while; throws what they fail with. */
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
