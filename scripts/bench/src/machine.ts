import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

const PROGRAMS = ['python3', 'jq', 'mlr', 'grep'];

/** The versions of the programs that are on PATH. */
export function programs(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of PROGRAMS) {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    const version = /\d+(\.\d+)+/.exec(stdout ?? '')?.[0];
    if (version !== undefined) found.set(name, version);
  }
  return found;
}

/** The versions of the packages that this suite depends on. */
export function packages(): ReadonlyMap<string, string> {
  const read = (path: string) =>
    JSON.parse(readFileSync(new URL(`../${path}/package.json`, import.meta.url), 'utf8'));
  const names = Object.keys(read('.').dependencies);
  return new Map(names.map((name) => [name, read(`node_modules/${name}`).version]));
}

/** Processor, cores, memory and system. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return `${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${memory}, ${type()} ${release()}`;
}
