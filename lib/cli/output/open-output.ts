import { createWriteStream } from 'node:fs';
import type { Duplex, Writable } from 'node:stream';
import type { Faults } from '../errors/faults.js';
import { formatting } from '../files/formatting.js';
import { isRemote, openRemoteOutput, remoteUrl } from '../files/remote.js';
import type { PlannedOutput } from '../plan/output-file.js';
import type { Claims } from './claims.js';
import type { Output } from './output.js';
import { stdoutSink } from './stdout-sink.js';
import { openTarget, type WriteMode } from './target-file.js';

export async function openOutput(
  { line, file }: PlannedOutput,
  mode: WriteMode,
  faults: Faults,
  claims: Claims,
): Promise<Output> {
  const { path, compression, split } = file;
  if (split) {
    const { openSplit } = await import('./split-output.js');
    return openSplit({ line, file }, split, mode, faults, claims);
  }
  const isStdout = path === '-';
  const label = isStdout ? 'stdout' : path;
  try {
    const zlib = compression && (await import('node:zlib'));
    const encoder = zlib && compression.compress(zlib);
    const remote = isRemote(path)
      ? faults.watch(await openRemoteOutput(remoteUrl(path)), label)
      : undefined;
    const target = isStdout || remote ? undefined : await openTarget(path, mode);
    const format = await formatting(file, target?.continues === true, zlib);
    const parts: Output['parts'] = () => {
      const encoders: Duplex[] = encoder ? [faults.watch(encoder, label)] : [];
      const written = target && faults.watch(createWriteStream('', { fd: target.fd }), label);
      // Our own sink for stdout is not watched: a listener would keep it out of the loop.
      const end: Writable = remote ?? written ?? stdoutSink(faults);
      const rows = target?.continues ? path : undefined;
      return [...format(label, rows), ...encoders, end];
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
    const hasRows = file.format.hasRows === true;
    return { label, line, leaves: target?.leaves, hasRows, parts, settle };
  } catch (error) {
    faults.blame(error, label);
    throw error;
  }
}
