import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InstalledPackage {
  readonly home: string;
  /** The full version, such as `22.23.3`. */
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
}

/** Installs one package, of a version or the newest of a major, from the npm registry into a folder of its own. */
export function installedPackage(folder: string, name: string, version: string): InstalledPackage {
  mkdirSync(folder, { recursive: true });
  // Without a package.json, npm would install into a parent folder.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(['install', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`], folder);
  const home = join(folder, 'node_modules', name);
  const text = readFileSync(join(home, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Pick<InstalledPackage, 'version' | 'bin'>;
  return { home, version: manifest.version, bin: manifest.bin };
}

function npm(args: readonly string[], cwd: string): void {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
