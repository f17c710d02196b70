import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Measurement, Program } from './case.js';
import { outputFile } from './files.js';
import type { Policy } from './policy.js';

/** Runs a program once, in a fresh process; undefined if it was stopped because it took longer than `mostMs`. */
export async function runProgram(
  program: Program,
  items: number,
  policy: Policy,
  mostMs: number | undefined,
): Promise<Measurement | undefined> {
  const [file, ...args] = program.argv(items, policy);
  const output = program.writes ? openSync(outputFile(), 'w') : undefined;
  const start = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', output ?? 'pipe', 'pipe'] });
  const stop = mostMs === undefined ? undefined : setTimeout(() => child.kill(), mostMs);
  const [[code], ms, stdout, stderr] = await Promise.all([
    once(child, 'close'),
    once(child, 'exit').then(() => performance.now() - start),
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ]);
  clearTimeout(stop);
  if (output !== undefined) closeSync(output);
  if (child.killed) return undefined;
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} failed: ${stderr}`);
  return program.measurement({ ms, stdout, stderr });
}
