import { join } from 'node:path';
import { installedPackage } from './installed-package.js';
import { nodePackage } from './node-package.js';

const CACHE = 'node_modules/.cache/node';

export interface InstalledNode {
  /** The full version, such as `22.23.3`. */
  readonly version: string;
  readonly path: string;
}

/** Installs a version of Node, or the newest of a major, from the npm registry into a cache. */
export function installedNode(version: string): InstalledNode {
  const name = nodePackage(process.platform, process.arch);
  const { home, bin, ...node } = installedPackage(
    join(process.cwd(), CACHE, version),
    name,
    version,
  );
  return { version: node.version, path: join(home, bin['node'] as string) };
}
