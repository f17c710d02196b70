/**
 * A process that runs command lines one after another, each of them as a process of its own would: what it reads and
 * writes are new descriptors 0, 1 and 2, and it ends when its event loop has nothing left to do. Started by WarmCommand.
 */
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, type Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { command } from '../../lib/cli/command.js';
import type { CommandLine, Outcome } from './warm-command.js';

/** Node's own code for a main module that can never settle. */
const UNSETTLED = 13;
const STDIO = [0, 1, 2] as const;

type Handled = Socket & { readonly _handle: { readonly fd: number; close(): void } | null };

interface Binding {
  internalBinding(name: 'process_methods'): { resetStdioForTesting(): void };
}

/** Has Node make process.stdin and its like anew from the descriptors, as at the start of a process. */
const { resetStdioForTesting } = (
  createRequire(import.meta.url)('internal/test/binding') as Binding
).internalBinding('process_methods');

// The console keeps the streams that it has once written to.
for (const name of ['stdout', 'stderr'] as const)
  Object.defineProperty(console, `_${name}`, { get: () => process[name] });

/** The system gives the lowest descriptor that is free, which is the one just closed. */
function connected(fd: number, path: string): Promise<void> {
  closeSync(fd);
  const socket = createConnection(path) as Handled;
  if (socket._handle?.fd !== fd) throw new Error(`descriptor ${fd} was taken by something else`);
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('connect', () => {
      // libuv never closes the first three: the descriptor stays open, and Node has it for itself.
      socket._handle?.close();
      resolve();
    });
  });
}

function emptied(fd: number): void {
  closeSync(fd);
  openSync('/dev/null', fd === 0 ? 'r' : 'w');
}

/** What a command line could leave behind to those after it. */
const state = (): unknown => [
  process.eventNames().map((name) => [name, process.listenerCount(name)]),
  Object.getOwnPropertyNames(globalThis),
  { ...process.env },
  process.umask(),
];

function setEnv(env: CommandLine['env']): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  for (const [name, value] of Object.entries(env))
    if (process.env[name] !== value) process.env[name] = value;
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });

async function run({ path, cwd, args, env }: CommandLine): Promise<void> {
  for (const fd of STDIO) await connected(fd, path);
  resetStdioForTesting();
  process.chdir(cwd);
  setEnv(env);
  process.argv.splice(2, Infinity, ...args);
  const before = state();
  process.exitCode = UNSETTLED;
  process.channel?.unref();
  process.exitCode = await command(args);
  process.once('beforeExit', () => void end(before));
}

async function end(before: unknown): Promise<void> {
  process.channel?.ref();
  const { stdin, stdout, stderr } = process;
  await Promise.all([flushed(stdout), flushed(stderr)]);
  for (const stream of [stdin, stdout, stderr] as unknown as Handled[]) stream._handle?.close();
  for (const fd of STDIO) emptied(fd);
  const code = Number(process.exitCode);
  process.exitCode = undefined;
  const outcome: Outcome = { code, isClean: isDeepStrictEqual(state(), before) };
  process.send?.(outcome);
}

process.on('message', (line: CommandLine) => void run(line));
process.on('disconnect', () => process.exit());
