import { spawnSync } from 'node:child_process';

/** Whether a program is on the path. */
export const installed = (name: string): boolean =>
  spawnSync(name, ['--version']).error === undefined;
