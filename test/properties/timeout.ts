/** For a property on a busy machine: some thousand runs, each of a few turns of the event loop. */
export const TIMEOUT_MS = 60_000;
