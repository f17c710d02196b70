import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

/** The peers that are programs, with their versions; undefined if not on PATH. */
export const programs: ReadonlyMap<string, string | undefined> = new Map(
  ['python3', 'jq', 'mlr', 'grep'].map((name) => {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    return [name, /\d+(\.\d+)+/.exec(stdout ?? '')?.[0]];
  }),
);

const manifest = (folder: string) =>
  JSON.parse(readFileSync(new URL(`../${folder}/package.json`, import.meta.url), 'utf8'));

/** The peers that are packages, with their versions. */
export const packages: ReadonlyMap<string, string> = new Map(
  Object.keys(manifest('.').dependencies).map((name) => [
    name,
    manifest(`node_modules/${name}`).version,
  ]),
);

/** Processor, cores, memory and system. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return `${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${memory}, ${type()} ${release()}`;
}
