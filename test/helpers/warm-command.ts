import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** How a command line ended. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const worker = fileURLToPath(new URL('./command-worker.js', import.meta.url));

/** What a worker is told to run. */
export interface CommandLine {
  /** The socket that stdin, stdout and stderr are to connect to, in that order. */
  readonly path: string;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How it has ended. */
export interface Outcome {
  readonly code: number | null;
  /** Nothing is left of it that those after it could notice. */
  readonly isClean: boolean;
}

/** A process of the command that has started already, and takes one command line at a time. */
class WarmCommand {
  readonly #folder = mkdtempSync(join(tmpdir(), 'warm-'));
  readonly #server = createServer({ allowHalfOpen: true });
  readonly #child: ChildProcess;
  readonly #exited: Promise<Outcome>;

  constructor() {
    this.#server.listen(this.#path);
    // Source maps and the like are for the tests, not for what they run.
    const execArgv = ['--expose-internals', '--disable-warning=internal/test/binding'];
    this.#child = fork(worker, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const exited = once(this.#child, 'exit') as Promise<[number | null]>;
    this.#exited = exited.then(([code]) => ({ code, isClean: false }));
    this.#hold(false);
  }

  get #path(): string {
    return join(this.#folder, 'stdio');
  }

  /** Answers how it has ended, and whether the process can be used again. */
  async run(
    cwd: string,
    args: readonly string[],
    input: string | Uint8Array,
  ): Promise<Ending & Outcome> {
    this.#hold(true);
    const said = once(this.#child, 'message') as Promise<[Outcome]>;
    const ended = Promise.race([said.then(([outcome]) => outcome), this.#exited]);
    const accepted = this.#accepted();
    this.#child.send({ path: this.#path, cwd, args, env: process.env } satisfies CommandLine);
    const { stdin, stdout, stderr } = await accepted;
    // A command that needs no more input closes it, and that is for the test to find out otherwise.
    stdin.on('error', () => {}).end(input);
    const [outcome, out, err] = await Promise.all([ended, text(stdout), text(stderr)]);
    for (const socket of [stdin, stdout, stderr]) socket.destroy();
    this.#hold(false);
    return { ...outcome, stdout: out, stderr: err };
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    this.#child.ref();
    await this.#exited;
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** One that idles keeps nothing alive. */
  #hold(holds: boolean): void {
    const word = holds ? 'ref' : 'unref';
    for (const each of [this.#child, this.#child.channel, this.#server]) each?.[word]();
  }

  #accepted(): Promise<Record<'stdin' | 'stdout' | 'stderr', Socket>> {
    const sockets: Socket[] = [];
    return new Promise((resolve, reject) => {
      const accept = (socket: Socket): void => {
        sockets.push(socket);
        const [stdin, stdout, stderr] = sockets;
        if (!stdin || !stdout || !stderr) return;
        this.#server.off('connection', accept);
        resolve({ stdin, stdout, stderr });
      };
      this.#server.on('connection', accept);
      void this.#exited.then(() =>
        reject(new Error('the process of the command ended before it began')),
      );
    });
  }
}

const idle: WarmCommand[] = [];
const all = new Set<WarmCommand>();

/** Runs the command in a process that has run others before, one at a time. */
export async function runWarm(
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array,
): Promise<Ending> {
  const command = idle.pop() ?? new WarmCommand();
  all.add(command);
  const { isClean, ...ending } = await command.run(cwd, args, input);
  if (isClean) idle.push(command);
  else {
    all.delete(command);
    await command.stop();
  }
  return ending;
}

/** Ends all of its processes, also what a test has given up on. */
export async function stopWarm(): Promise<void> {
  const stopped = [...all];
  for (const command of stopped) if (!idle.includes(command)) command.kill();
  idle.length = 0;
  all.clear();
  await Promise.all(stopped.map((command) => command.stop()));
}
