import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { InstalledNode } from './installed-node.js';
import { leftOut } from './left-out.js';

export interface SuiteResult {
  readonly passed: boolean;
  /** Mocha's counts, such as `8473 passing`. */
  readonly counts: string;
  /** The whole output. */
  readonly output: string;
}

/** Runs the tests that depend on the Node, on one Node. It is first on `PATH`, so programs that the tests start run on it, too. */
export async function runSuite(node: InstalledNode, compile?: string): Promise<SuiteResult> {
  const env: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: '0' };
  env['PATH'] = `${dirname(node.path)}${delimiter}${process.env['PATH'] ?? ''}`;
  if (compile !== undefined) env['SLUICE_COMPILE'] = compile;
  const files = ['dist/test/**/*.test.js', ...leftOut.flatMap((path) => ['--ignore', path])];
  const args = ['node_modules/mocha/bin/mocha.js', ...files, '--reporter', 'dot'];
  const child = spawn(node.path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  const counts = stdout.match(/^ {2}\d+ (passing|failing|pending)/gm) ?? ['  no result'];
  return {
    passed: code === 0,
    counts: counts.map((count) => count.trim()).join(', '),
    output: stdout + stderr,
  };
}
