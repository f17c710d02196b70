const MOST_BYTES = 8 * 1024 * 1024;
const LOOK_MS = 50;

/**
 * Keeps the memory of a run from growing with its input. V8 doubles the space of young objects, up to 32 MiB, once as
 * much as it holds has survived in all: over a long run, little by little. Past 8 MiB that gains a pipeline little.
 * Answers what ends the watch.
 */
export function capYoungSpace(): () => void {
  const timer = setInterval(async () => {
    // Loaded here, as most runs are over before the first look.
    const { getHeapSpaceStatistics, setFlagsFromString } = await import('node:v8');
    const spaces = getHeapSpaceStatistics();
    const young = spaces.find(({ space_name }) => space_name === 'new_space');
    if (young && young.space_size < MOST_BYTES) return;
    // V8 reads this one whenever it grows the space; the flags for its size it reads once, at its start.
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}
