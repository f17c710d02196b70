import type { Line } from '../expressions/line.js';

/** A file that is open for writing. */
export interface Output {
  readonly label: string;
  /** What becomes of the items on their way there. */
  readonly line: Line;
  /** Of a file on a disk: whether a failed run leaves a part of it, or nothing. */
  readonly leaves: 'a part' | 'nothing' | undefined;
  /** Whether items are rows of columns there. */
  readonly hasRows: boolean;
  /** The stages and the sink that write items there; asked for once. */
  parts(): readonly unknown[];
  /** The run is over: a file that is `whole` takes its place, any other is gone. What counts is the first call. */
  settle(whole: boolean): Promise<void>;
}
