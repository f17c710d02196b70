import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { pipeline } from '../streams/pipeline.js';
import { BAD_USAGE, CommandError } from './errors/command-error.js';
import { say } from './errors/say.js';
import { isCommand } from './flags/commands.js';
import { type CommandLine, parseCommandLine } from './flags/parse-command-line.js';
import { stdoutSink } from './output/stdout-sink.js';
import { plan } from './plan/plan.js';
import { run } from './run/run.js';

/** Exit codes above this name a signal. */
const SIGNALLED = 128;

/** The whole command: arguments in, exit code out. */
export async function command(argv: readonly string[]): Promise<number> {
  try {
    return await obey(parseCommandLine(argv));
  } catch (error) {
    return report(error, argv.includes('--debug'));
  }
}

async function obey(commandLine: CommandLine): Promise<number> {
  const told = await answer(commandLine);
  if (told !== undefined) return show(told);
  const planned = await plan(commandLine);
  if (!commandLine.flags['dry-run']) return run(planned);
  return show((await import('./plan/dry-run.js')).dryRun(planned));
}

/** What is asked of the command itself. */
async function answer({ flags, operands: [first] }: CommandLine): Promise<string | undefined> {
  const { completion } = flags;
  if (flags.help)
    return (await import('./help/help.js')).help(isCommand(first) ? first : undefined);
  if (flags.man) return (await import('./help/man-page.js')).manPage(version());
  if (completion !== undefined)
    return (await import('./help/completion.js')).completion(completion);
  return flags.version ? `${version()}\n` : undefined;
}

async function show(text: string): Promise<number> {
  await pipeline([text], stdoutSink());
  return 0;
}

function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Prints one line, or all there is to know with `debug`. */
async function report(error: unknown, debug: boolean): Promise<number> {
  if (!(error instanceof CommandError)) {
    say(inspect(error));
    return 1;
  }
  const { message, exitCode, unknown, cause } = error;
  const nearest =
    unknown && (unknown.meant ?? (await (await import('./errors/suggest.js')).suggest(unknown)));
  const [first = '', ...rest] = message.split('\n');
  say([nearest ? `${first}; did you mean ${nearest}?` : first, ...rest].join('\n'));
  if (exitCode === BAD_USAGE) say('see sluice --help');
  if (debug) process.stderr.write(`${inspect(cause ?? error)}\n`);
  // An abort waits for nothing: a stage's timer or request would keep the process alive.
  if (exitCode > SIGNALLED) process.exit(exitCode);
  return exitCode;
}
