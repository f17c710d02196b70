import { createWriteStream } from 'node:fs';
import type { Duplex, Writable } from 'node:stream';
import type { Faults } from './faults.js';
import type { FileSpec } from './file-spec.js';
import type { Line } from './line.js';
import type { PlannedOutput } from './plan.js';
import { isRemote, openRemoteOutput, remoteUrl } from './remote.js';
import { stdoutSink } from './stdout-sink.js';
import { openTarget, type TargetFile, type WriteMode } from './target-file.js';

type Library = typeof import('../index.js');

/** A file that is open for writing. */
export interface Output {
  readonly label: string;
  /** What becomes of the items on their way there. */
  readonly line: Line;
  /** Of a file on a disk: whether a failed run leaves a part of it, or nothing. */
  readonly leaves: 'a part' | 'nothing' | undefined;
  /** The stages and the sink that write items there; asked for once. */
  parts(library: Library): readonly unknown[];
  /** The run is over: a file that is `whole` takes its place, any other is gone. What counts is the first call. */
  settle(whole: boolean): Promise<void>;
}

export async function openOutput(
  { line, file }: PlannedOutput,
  mode: WriteMode,
  faults: Faults,
): Promise<Output> {
  const { path, compression } = file;
  const isStdout = path === '-';
  const label = isStdout ? 'stdout' : path;
  try {
    const encoder = compression?.compress(await import('node:zlib'));
    const remote = isRemote(path)
      ? faults.watch(await openRemoteOutput(remoteUrl(path)), label)
      : undefined;
    const target = isStdout || remote ? undefined : await openTarget(path, mode);
    const parts: Output['parts'] = (library) => {
      const encoders: Duplex[] = encoder ? [faults.watch(encoder, label)] : [];
      const written = target && faults.watch(createWriteStream('', { fd: target.fd }), label);
      // Ours is not watched: a listener would keep it from becoming part of the loop.
      const end: Writable = remote ?? written ?? stdoutSink(faults);
      return [formatter(file, label, target, library), ...encoders, end];
    };
    let isSettled = target === undefined;
    const settle: Output['settle'] = async (whole) => {
      if (isSettled) return;
      isSettled = true;
      await target?.settle(whole).catch((error: unknown) => {
        faults.blame(error, label);
        throw error;
      });
    };
    return { label, line, leaves: target?.leaves, parts, settle };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}

/** What is added to a file that has rows goes without a header. */
function formatter(
  { format, options }: FileSpec,
  name: string,
  target: TargetFile | undefined,
  library: Library,
): unknown {
  const continues = target?.continues && 'header' in format.writes.options;
  const header = continues ? { header: false } : {};
  return format.writes.make(library, { ...options, ...header, name });
}
