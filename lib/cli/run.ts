import { AbortError } from '../core/errors.js';
import { capYoungSpace } from './cap-young-space.js';
import { CommandError, FAILED } from './command-error.js';
import { describeError } from './describe-error.js';
import { unknownName } from './expression.js';
import { Faults } from './faults.js';
import { flow, type Open } from './flow.js';
import { openInput } from './input.js';
import { Interrupts } from './interrupts.js';
import { checkOutputs, type Output, openOutput } from './output.js';
import type { Plan } from './plan.js';
import { say } from './say.js';

type Library = typeof import('../index.js');

/** Does what was planned; answers the exit code. */
export async function run(plan: Plan, library: Library): Promise<number> {
  const faults = new Faults();
  const outputs: Output[] = [];
  try {
    const inputs = await Promise.all(plan.inputs.map((file) => openInput(file, faults)));
    await checkOutputs(plan.outputs, inputs);
    for (const planned of plan.outputs) outputs.push(await openOutput(planned, faults));
    return await move(plan, { inputs, outputs }, library);
  } catch (error) {
    throw explained(error, outputs, faults, library);
  }
}

/** Opening may wait for ever (a named pipe), and then a signal should simply end the process: listening starts here. */
async function move(plan: Plan, open: Open, library: Library): Promise<number> {
  const interrupts = new Interrupts();
  const uncap = capYoungSpace();
  try {
    await flow(plan, open, interrupts, library);
  } finally {
    uncap();
    interrupts.close();
  }
  const partial = lasting(open.outputs);
  if (interrupts.name && partial)
    say(`stopped by ${interrupts.name}; what came before it is in ${partial}`);
  return interrupts.exitCode;
}

/** The error to report: what failed, and which files it leaves incomplete. */
function explained(
  error: unknown,
  outputs: readonly Output[],
  faults: Faults,
  library: Library,
): CommandError {
  const known = error instanceof AbortError ? error.cause : error;
  const partial = lasting(outputs);
  const note = partial ? `\nincomplete: ${partial}` : '';
  if (known instanceof CommandError) {
    const { exitCode, message, unknown, cause } = known;
    return new CommandError(exitCode, message + note, { unknown, cause: cause ?? known });
  }
  const unknown = unknownName((error as Error | undefined)?.cause, Object.keys(library));
  return new CommandError(FAILED, describeError(error, faults) + note, { unknown, cause: error });
}

const lasting = (outputs: readonly Output[]): string =>
  outputs
    .filter((output) => output.lasting)
    .map(({ label }) => label)
    .join(', ');
