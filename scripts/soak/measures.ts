import { readdirSync } from 'node:fs';
import { getHeapCodeStatistics } from 'node:v8';
import type { Tolerance } from './flatness.js';

const MIB = 2 ** 20;
const DESCRIPTORS = '/proc/self/fd';

export interface Measure {
  readonly name: string;
  readonly bytes: boolean;
  readonly tolerance: Tolerance;
  readonly read: () => number;
}

/** What can be counted has to be the same to the last one. */
const EXACT: Tolerance = { share: 0, least: 0 };

const memory = (name: string, tolerance: Tolerance, read: Measure['read']): Measure => ({
  name,
  bytes: true,
  tolerance,
  read,
});

const counted = (name: string, read: Measure['read']): Measure => ({
  name,
  bytes: false,
  tolerance: EXACT,
  read,
});

/** All that must stay flat. `listeners` counts those on whatever lives as long as the soak. */
export function measures(listeners: () => number): Measure[] {
  return [
    // A leak of 100 bytes a run is more than this after some ten thousand runs; what V8 itself keeps varies by less.
    memory('heap but code', { share: 0.04, least: MIB / 2 }, () => heapUsed() - code()),
    // How much V8 compiles, and drops again, goes by the load of the machine; 256 kept texts are the bound of ours.
    memory('code', { share: 0.3, least: 2 * MIB }, code),
    memory('outside the heap', { share: 0.1, least: MIB }, () => process.memoryUsage().external),
    // The allocator gives pages back when it likes, so only what would fill them again and again is told by this.
    memory('resident', { share: 0.15, least: 16 * MIB }, () => process.memoryUsage.rss()),
    counted('handles', () => process.getActiveResourcesInfo().length),
    ...(hasDescriptors() ? [counted('descriptors', () => readdirSync(DESCRIPTORS).length)] : []),
    counted('listeners', listeners),
  ];
}

const heapUsed = (): number => process.memoryUsage().heapUsed;

/** Machine code and bytecode, in bytes. */
function code(): number {
  const { code_and_metadata_size, bytecode_and_metadata_size } = getHeapCodeStatistics();
  return code_and_metadata_size + bytecode_and_metadata_size;
}

function hasDescriptors(): boolean {
  try {
    return readdirSync(DESCRIPTORS).length > 0;
  } catch {
    return false;
  }
}
