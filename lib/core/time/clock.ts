const MS_PER_SECOND = 1e3;
const NS_PER_MS = 1e6;

/**
 * The time in ms of a monotonic clock. `performance.now` would do, but naming `performance` loads ten modules of Node.
 */
export function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * MS_PER_SECOND + nanoseconds / NS_PER_MS;
}
