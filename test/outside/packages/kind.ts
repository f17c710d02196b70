import type { Duplex } from 'node:stream';

/** Where a stream stands in a pipeline. */
export const ROLES = ['source', 'middle', 'sink'] as const;
export type Role = (typeof ROLES)[number];

/** A stream as it is given to a pipeline, and what only its kind knows of it. */
export interface Part {
  readonly stream: unknown;
  /** Whether anything outside of the stream, such as a descriptor, is still open. */
  readonly isOpen?: () => boolean | Promise<boolean>;
  /** How many bytes have come to where the sink leads. */
  readonly received?: () => number;
  /** Ends what has been opened beside the stream. */
  readonly free?: () => unknown;
}

/** Bytes for a stream to give or to take: a few, or more than any buffer holds. */
export interface Feed {
  readonly short: () => Iterable<Buffer>;
  readonly long: () => Iterable<Buffer>;
}

/** One kind of stream, made anew for each run, in each place where it can stand. */
export interface Kind {
  readonly name: string;
  /** `chunks` are what the source is to give, made of `feed`. */
  readonly source?: (chunks: Iterable<Buffer>) => Part | Promise<Part>;
  readonly middle?: () => Part | Promise<Part>;
  readonly sink?: () => Part | Promise<Part>;
  /** What it takes or gives. Default: rows of text. */
  readonly feed?: Feed;
  /** Scenarios that make no sense for it: their titles, or with the role before, as in `sink: an early end`. */
  readonly without?: readonly string[];
}

/** Streams of packages are of no class of Node's, but have enough of its methods for what is done with them here. */
export const part = (stream: unknown): Part & { readonly stream: Duplex } => ({
  stream: stream as Duplex,
});
