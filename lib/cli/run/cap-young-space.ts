const MOST_BYTES = 8 * 1024 * 1024;
const LOOK_MS = 50;

/**
 * Keeps the memory of a run from growing with its input. V8 doubles the space for young objects, up to 32 MiB, each
 * time as many bytes as it holds have survived in total: in a long run, little by little. More than 8 MiB hardly helps
 * a pipeline. Returns the function that ends the watch.
 */
export function capYoungSpace(): () => void {
  const timer = setInterval(async () => {
    // Loaded here because most runs end before the first check.
    const { getHeapSpaceStatistics, setFlagsFromString } = await import('node:v8');
    const spaces = getHeapSpaceStatistics();
    const young = spaces.find(({ space_name }) => space_name === 'new_space');
    if (young && young.space_size < MOST_BYTES) return;
    // V8 reads this flag whenever it grows the space. It reads the flags for the size only at its start.
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}
