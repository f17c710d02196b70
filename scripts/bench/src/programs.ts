import { fileURLToPath } from 'node:url';
import type { Program } from './case.js';

const bench = new URL('../', import.meta.url);
const root = new URL('../../', bench);

/** A process that times itself and prints its measurement as JSON. */
const timedInside = (...argv: readonly [string, ...string[]]): Program => ({
  argv: (items, policy) => [...argv, ...[items, policy.items, policy.ms].map(String)],
  measurement: ({ stdout }) => JSON.parse(stdout),
});

/** A peer in JavaScript, in a process of its own. */
export const javascript = (name: string, peer: string): Program =>
  timedInside(process.execPath, fileURLToPath(new URL('dist/child.js', bench)), name, peer);

/** A function of python/peers.py, in a CPython process. */
export const python = (name: string): Program =>
  timedInside('python3', fileURLToPath(new URL('python/peers.py', bench)), name);

/** A command that is timed from start to exit. Its stdout goes to the output file. */
export const command = (argv: Program['argv']): Program => ({
  argv,
  writes: true,
  measurement: ({ ms }) => ({ first: ms }),
});

/** The command of this package, as installed. */
export const sluice = [
  process.execPath,
  fileURLToPath(new URL('dist/lib/cli/main.js', root)),
] as const;
