import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { FormatError } from '../../formats/text/format-error.js';
import { groupBy } from '../../junctions/group-by.js';
import { map } from '../../operators/map.js';
import { compose } from '../../streams/compose.js';
import type { SinkLike } from '../../streams/types.js';
import type { Faults } from '../errors/faults.js';
import { reasonOf } from '../errors/reason.js';
import { formatting } from '../files/formatting.js';
import { numberingGate } from '../input/gate.js';
import type { OutputFile, PlannedOutput } from '../plan/output-file.js';
import type { Split } from '../plan/split.js';
import type { Claims } from './claims.js';
import type { Output } from './output.js';
import { AppendedFiles, type SplitFiles } from './split-files.js';
import { StagedFiles } from './staged-files.js';
import type { WriteMode } from './target-file.js';

/**
 * How many files are open at once. For another file, the one that has waited longest for an item is closed, and
 * appended to later. Where the format cannot be appended to, one file more is an error.
 */
const MOST_OPEN = 256;

/** An item, and the file that it goes to. */
interface Addressed {
  readonly item: unknown;
  readonly index: number;
  readonly path: string;
}

/** Opens an output that writes one file for each value of its key. */
export async function openSplit(
  { line, file }: PlannedOutput,
  split: Split,
  mode: WriteMode,
  faults: Faults,
  claims: Claims,
): Promise<Output> {
  const { path: label, compression } = file;
  const zlib = compression && (await import('node:zlib'));
  // Fails now if this Node does not have the compression.
  if (zlib) compression.compress(zlib).destroy();
  const format = await formatting(file, true, zlib);
  const files = splitFiles(split, mode, claims);

  const parts: Output['parts'] = () => {
    let items = 0;
    let opened = 0;
    const address = (item: unknown): Addressed => {
      const index = items;
      items += 1;
      return { item, index, path: split.pathOf(item, index) };
    };
    const sinkOf = (path: string): SinkLike<Addressed, unknown> => {
      opened += 1;
      if (opened > MOST_OPEN && cannotContinue(file)) throw new Error(tooMany(file));
      const name = join(split.folder, path);
      const { fd, rows } = files.open(path);
      const stream = faults.watch(createWriteStream('', { fd }), name);
      const encoders: Duplex[] = zlib ? [faults.watch(compression.compress(zlib), name)] : [];
      let latest = 0;
      const unpack = ({ item, index }: Addressed): unknown => {
        latest = index;
        return item;
      };
      const sink = compose as (...parts: readonly unknown[]) => SinkLike<Addressed, unknown>;
      return sink(
        map(unpack),
        ...format(name, rows),
        numberingGate(() => latest),
        ...encoders,
        stream,
      );
    };
    const make = (path: string): SinkLike<Addressed, unknown> => {
      try {
        return sinkOf(path);
      } catch (error) {
        const problem = `can't go to ${join(split.folder, path)}: ${reasonOf(error)}`;
        throw new FormatError(items - 1, problem, { cause: error });
      }
    };
    // One more than allowed, so that `sinkOf` gives the reason of the error.
    const groups = cannotContinue(file) ? MOST_OPEN + 1 : MOST_OPEN;
    const options = { groups, when: 'end-oldest', name: label } as const;
    const sink = groupBy(({ path }: Addressed) => path, make, options);
    return [map(address, { name: label }), sink];
  };
  return {
    label,
    line,
    get leaves() {
      return files.leaves;
    },
    hasRows: file.format.hasRows === true,
    parts,
    settle: (whole) => files.settle(whole),
  };
}

function splitFiles({ folder }: Split, mode: WriteMode, claims: Claims): SplitFiles {
  if (mode === 'append') return new AppendedFiles(folder, (path) => claims.require(path));
  const staged: StagedFiles = new StagedFiles(folder, (path) => claims.require(path, staged));
  claims.add(staged);
  return staged;
}

/** Whether a file cannot be appended to. A table cannot: a second one below it would not be part of it. */
const cannotContinue = ({ format, compression }: OutputFile): boolean =>
  format.isWhole === true || format.reads === undefined || compression?.isWhole === true;

function tooMany({ format, compression }: OutputFile): string {
  const whole = format.isWhole ? 'a JSON array' : 'a table';
  return `${MOST_OPEN} files are open, and ${compression?.isWhole ? compression.ending : whole} can't be closed and added to`;
}
