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

/** Exit codes above this number name the signal that ended the run. */
const SIGNALLED = 128;

/** The whole command: arguments in, exit code out. */
export async function command(argv: readonly string[]): Promise<number> {
  try {
    return await execute(parseCommandLine(argv));
  } catch (error) {
    return report(error, argv.includes('--debug'));
  }
}

async function execute(commandLine: CommandLine): Promise<number> {
  const text = await informationText(commandLine);
  if (text !== undefined) return show(text);
  const planned = await plan(commandLine);
  if (!commandLine.flags['dry-run']) return run(planned);
  return show((await import('./plan/dry-run.js')).dryRun(planned));
}

/** The text that a flag such as `--help` asks for; undefined if there is no such flag. */
async function informationText({
  flags,
  operands: [first],
}: CommandLine): Promise<string | undefined> {
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

/** Prints the message of an error; with `debug`, also its stack trace. */
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
  // After an abort the process exits at once: the timer or request of a stage would keep it alive.
  if (exitCode > SIGNALLED) process.exit(exitCode);
  return exitCode;
}
