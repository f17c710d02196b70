/**
 * Runs the built suite on several versions of Node. One more suite than cores runs at once, because suites wait a lot.
 */
import { availableParallelism } from 'node:os';
import { type Entry, parseEntry } from './entry.js';
import { type InstalledNode, installedNode } from './installed-node.js';
import { runSuite } from './run-suite.js';

const VERSIONS = ['20', '22', '24', '26'];
const USAGE = 'usage: npm run test:matrix [-- <version>[:plain|:compiled] ...]';

interface Planned {
  readonly entry: Entry;
  readonly node: InstalledNode;
}

async function run({ entry: { mode, compile }, node }: Planned): Promise<boolean> {
  const title = `node ${node.version}${mode ? `, ${mode}` : ''}`;
  const began = performance.now();
  const { passed, counts, output } = await runSuite(node, compile);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  if (!passed) console.log(`\n${output.slice(Math.max(0, output.search(/^ {2}\d+ failing/m)))}`);
  console.log(`${title}: ${passed ? 'passed' : 'FAILED'}, ${counts}, ${seconds} s`);
  return passed;
}

async function runAll(planned: readonly Planned[]): Promise<boolean> {
  const left = [...planned];
  const results: boolean[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results.push(await run(next));
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
  return results.every(Boolean);
}

const texts = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const entries = texts.map(parseEntry).filter((entry) => entry !== undefined);
if (entries.length < texts.length) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const planned = entries.map((entry) => ({ entry, node: installedNode(entry.version) }));
  process.exitCode = (await runAll(planned)) ? 0 : 1;
}
