const MS_PER_SECOND = 1e3;
const NS_PER_MS = 1e6;

/** Milliseconds on a clock that never goes back. Merely to name `performance` loads ten modules of Node's. */
export function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * MS_PER_SECOND + nanoseconds / NS_PER_MS;
}
