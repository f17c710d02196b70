import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Folder } from './folder.js';
import { type Ending, runWarm } from './warm-command.js';

export type { Ending } from './warm-command.js';

export const main = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));

/** Starts the command in `folder`, in a process of its own. */
export function start(folder: Folder, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder.path, stdio: 'pipe' });
  // A command may close its input early. The error of that is ignored here.
  child.stdin.on('error', () => {});
  return child;
}

export async function ending(child: ChildProcessWithoutNullStreams): Promise<Ending> {
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

/**
 * Runs the command in `folder` with `input` as its stdin, in a process that has run others before. Where it matters that
 * the process is its own, `start` it.
 */
export function sluice(
  folder: Folder,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Ending> {
  return runWarm(folder.path, args, input);
}

/** The same in a process of its own. */
export function alone(
  folder: Folder,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Ending> {
  const child = start(folder, args);
  child.stdin.end(input);
  return ending(child);
}

/** Runs a shell script in `folder`; in it, `sluice` is the real command. */
export function shell(folder: Folder, script: string): Promise<Ending> {
  const sluice = `sluice() { "$NODE" "$MAIN" "$@"; }`;
  const env = { ...process.env, NODE: process.execPath, MAIN: main };
  const child = spawn('sh', ['-c', `${sluice}\n${script}`], {
    cwd: folder.path,
    env,
    stdio: 'pipe',
  });
  child.stdin.end();
  return ending(child);
}

/** What a command prints after bad usage. */
export const badUsage = (message: string): Ending => ({
  code: 2,
  stdout: '',
  stderr: `sluice: ${message}\nsluice: see sluice --help\n`,
});

export const failed = (message: string): Ending => ({
  code: 1,
  stdout: '',
  stderr: `sluice: ${message}\n`,
});

export const done = (stdout: string): Ending => ({ code: 0, stdout, stderr: '' });
