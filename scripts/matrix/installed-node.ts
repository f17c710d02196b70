import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePackage } from './node-package.js';

const CACHE = 'node_modules/.cache/node';

export interface InstalledNode {
  /** The full version, such as `22.23.3`. */
  readonly version: string;
  readonly path: string;
}

/** Installs a version of Node, or the newest of a major, from the npm registry into a cache. */
export function installedNode(version: string): InstalledNode {
  const folder = join(process.cwd(), CACHE, version);
  mkdirSync(folder, { recursive: true });
  // Without a package.json, npm would install into a parent folder.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const name = nodePackage(process.platform, process.arch);
  npm(['install', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`], folder);
  const home = join(folder, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    version: string;
    bin: { node: string };
  };
  return { version: manifest.version, path: join(home, manifest.bin.node) };
}

function npm(args: readonly string[], cwd: string): void {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
