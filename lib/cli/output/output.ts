import type { Line } from '../expressions/line.js';

/** A file that is open for writing. */
export interface Output {
  readonly label: string;
  /** The stages that the items pass before they are written, and the sink that may be instead. */
  readonly line: Line;
  /** What a failed run leaves of a file on a disk: a part, or nothing. Undefined for anything else. */
  readonly leaves: 'a part' | 'nothing' | undefined;
  /** Whether the format writes items as rows of columns. */
  readonly hasRows: boolean;
  /** The stages and the sink that write the items; called once. */
  parts(): readonly unknown[];
  /**
   * Called when the run is over: moves a file that is `whole` to its place, and deletes any other. Later calls do
   * nothing.
   */
  settle(whole: boolean): Promise<void>;
}
