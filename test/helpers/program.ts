import { spawn } from 'node:child_process';
import { type Ending, ending } from './command.js';

const library = new URL('../../lib/index.js', import.meta.url).href;

/** Runs a module in a new process, where `sluice` is the package and `stream` is `node:stream`. */
export function program(body: string): Promise<Ending> {
  const text = `import * as sluice from '${library}'; import * as stream from 'node:stream'; ${body}`;
  const args = ['--input-type=module', '--eval', text];
  return ending(spawn(process.execPath, args, { stdio: 'pipe' }));
}
