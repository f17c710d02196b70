import { AbortError, StageError } from '../../core/base/errors.js';
import { suppress } from '../../core/base/suppress.js';
import { CommandError, FAILED } from '../errors/command-error.js';
import { Faults } from '../errors/faults.js';
import { say } from '../errors/say.js';
import { expressionOf } from '../expressions/expression-of.js';
import { unknownName } from '../expressions/unknown-name.js';
import { type Input, openInput } from '../input/input.js';
import { checkOutputs } from '../output/check-outputs.js';
import { Claims } from '../output/claims.js';
import type { Open } from '../output/open-files.js';
import { openOutput } from '../output/open-output.js';
import type { Output } from '../output/output.js';
import type { Plan } from '../plan/plan.js';
import { isShown, type ViewPlan } from '../plan/view-plan.js';
import type { LiveView } from '../view/live-view.js';
import { capYoungSpace } from './cap-young-space.js';
import { describeError } from './describe-error.js';
import { flow } from './flow.js';
import { inputPlace } from './input-place.js';
import { Interrupts } from './interrupts.js';

/** Runs a plan, and returns the exit code. */
export async function run(plan: Plan): Promise<number> {
  const faults = new Faults();
  const outputs: Output[] = [];
  let open: Open | undefined;
  let watch: LiveView | undefined;
  try {
    open = await openAll(plan, outputs, faults);
    watch = await watchOf(plan.view, open, faults);
    const { name, exitCode } = await move(plan, open, watch);
    open.rejects?.report();
    await watch?.draw();
    const note = filesLeft(outputs);
    if (name && note) say(`stopped by ${name}${note}`);
    return exitCode;
  } catch (error) {
    faults.closeAll();
    await settle(outputs, false);
    open?.rejects?.report();
    await watch?.draw().catch((later: unknown) => suppress(error, later));
    throw explained(error, outputs, faults, plan, open?.inputs ?? []);
  }
}

/** `outputs` gets each output when it is open, so the caller can close it if a later one cannot be opened. */
async function openAll(
  { inputs: files, outputs: planned, onError, append, view }: Plan,
  outputs: Output[],
  faults: Faults,
): Promise<Open> {
  const inputs = await Promise.all(files.map((file) => openInput(file, faults, isShown(view))));
  const policy = typeof onError === 'string' ? [] : [onError];
  const written = [...planned, ...policy].map(({ file }) => file);
  const named = view.graph ? [...written, { ...view.graph, split: undefined }] : written;
  await checkOutputs(named, inputs);
  const claims = new Claims(
    inputs,
    named.filter(({ split }) => !split).map(({ path }) => path),
  );
  const mode = append ? 'append' : 'replace';
  for (const each of planned) outputs.push(await openOutput(each, mode, faults, claims));
  if (onError === 'fail') return { inputs, outputs, rejects: undefined };
  const [file] = await Promise.all(
    policy.map((each) => openOutput(each, 'in place', faults, claims)),
  );
  const { Rejects } = await import('../output/rejects.js');
  return { inputs, outputs, rejects: new Rejects(file) };
}

/** Loads the view only if something is to be shown. */
async function watchOf(view: ViewPlan, open: Open, faults: Faults): Promise<LiveView | undefined> {
  if (!isShown(view)) return undefined;
  const { openLiveView } = await import('../view/live-view.js');
  return openLiveView(view, open, faults);
}

/** Files that are not whole are deleted before an error is reported. */
async function settle(outputs: readonly Output[], whole: boolean): Promise<void> {
  for (const output of outputs) await output.settle(whole);
}

/**
 * Signals are handled from here on, not while files are opened: opening a named pipe may wait for ever, and a signal
 * should then end the process.
 */
async function move(
  plan: Plan,
  open: Open,
  watch: LiveView | undefined,
): Promise<Pick<Interrupts, 'name' | 'exitCode'>> {
  const interrupts = new Interrupts();
  const uncap = capYoungSpace();
  try {
    watch?.begin();
    await flow(plan, open, interrupts, watch?.stats).catch(async (error: unknown) => {
      await settle(open.outputs, false);
      throw error;
    });
    const { name, exitCode } = interrupts;
    // A signal from now on has no effect: moving many files to their places takes a while.
    await settle(open.outputs, name === undefined);
    return { name, exitCode };
  } finally {
    watch?.end();
    uncap();
    interrupts.close();
  }
}

/** Which files a stopped run leaves, as a text. */
function filesLeft(outputs: readonly Output[]): string {
  const parts = labels(outputs, 'a part');
  const nothing = labels(outputs, 'nothing');
  return (
    (parts && `; the output until then is in ${parts}`) + (nothing && `; not written: ${nothing}`)
  );
}

/** The error to report: what failed, and which files are incomplete. */
function explained(
  error: unknown,
  outputs: readonly Output[],
  faults: Faults,
  plan: Plan,
  inputs: readonly Input[],
): CommandError {
  const known = error instanceof AbortError ? error.cause : error;
  const partial = labels(outputs, 'a part');
  const note = partial && `\nincomplete: ${partial}`;
  if (known instanceof CommandError) {
    const { exitCode, message, unknown, cause } = known;
    return new CommandError(exitCode, message + note, { unknown, cause: cause ?? known });
  }
  const files = inputs.map(({ label }) => label);
  const message = describeError(error, faults, files, (each) => inputPlace(each, plan, inputs));
  const text = error instanceof StageError ? expressionOf(error.stage.name)?.text : undefined;
  const unknown = unknownName((error as Error | undefined)?.cause, text);
  return new CommandError(FAILED, message + note, { unknown, cause: error });
}

const labels = (outputs: readonly Output[], leaves: Output['leaves']): string =>
  outputs
    .filter((output) => output.leaves === leaves)
    .map(({ label }) => label)
    .join(', ');
