const SPAN_MS = 1500;

interface Read {
  readonly elapsedMs: number;
}

/** What has been read of late: a rate is one since the oldest of it, so that it is smooth and still of now. */
export class Recent<R extends Read> {
  readonly #reads: R[] = [];

  /** Notes a read; answers the one to compare it with, which is about as old as the time that rates are of. */
  add(read: R): R {
    const reads = this.#reads;
    reads.push(read);
    while (reads.length > 2 && read.elapsedMs - (reads[1] as R).elapsedMs >= SPAN_MS) reads.shift();
    return reads[0] as R;
  }
}
