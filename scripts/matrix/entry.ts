/** Values of `SLUICE_COMPILE`: `plain` never compiles segments, `compiled` always does. */
const MODES: Readonly<Record<string, string>> = { plain: '0', compiled: '1' };

/** One run of the suite. */
export interface Entry {
  /** A major version of Node, or an exact one. */
  readonly version: string;
  readonly mode: string | undefined;
  /** The value of `SLUICE_COMPILE`; undefined leaves it unset, as for users. */
  readonly compile: string | undefined;
}

/** Reads `22`, `22.23.3`, `22:plain` or `22:compiled`; undefined for anything else. */
export function parseEntry(text: string): Entry | undefined {
  const [, version, mode] = /^(\d+(?:\.\d+\.\d+)?)(?::(.+))?$/.exec(text) ?? [];
  if (version === undefined) return undefined;
  const compile = mode === undefined ? undefined : MODES[mode];
  return mode !== undefined && compile === undefined ? undefined : { version, mode, compile };
}
