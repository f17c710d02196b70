const SPAN_MS = 1500;

interface Read {
  readonly elapsedMs: number;
}

/** The latest reads. A rate since the oldest of them is both smooth and current. */
export class Recent<R extends Read> {
  readonly #reads: R[] = [];

  /** Adds a read, and returns the read to compute rates from: it is about `SPAN_MS` older. */
  add(read: R): R {
    const reads = this.#reads;
    reads.push(read);
    while (reads.length > 2 && read.elapsedMs - (reads[1] as R).elapsedMs >= SPAN_MS) reads.shift();
    return reads[0] as R;
  }
}
