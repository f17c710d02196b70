import { close, writeFile } from 'node:fs';
import { promisify } from 'node:util';
import { graph } from '../../observe/graph.js';
import type { RunStats } from '../../observe/measure/run-stats.js';
import type { Faults } from '../errors/faults.js';
import { openTarget } from '../output/target-file.js';
import type { GraphFile } from '../plan/view-plan.js';

/** Opens the file for a picture, and returns the function that draws it. */
export async function openGraph(
  { path, format }: GraphFile,
  faults: Faults,
): Promise<(run: RunStats) => Promise<void>> {
  const blaming = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      faults.blame(error, path);
      throw error;
    });
  const target = await blaming(openTarget(path, 'replace'));
  return async (run) => {
    let isWhole = false;
    try {
      const text = await graph(run, { format });
      await blaming(promisify(writeFile)(target.fd, text));
      isWhole = true;
    } finally {
      await promisify(close)(target.fd);
      await blaming(target.settle(isWhole));
    }
  };
}
