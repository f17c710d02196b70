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

/** Counts must not rise at all. */
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

/** All measures that must stay flat. `listeners` counts the listeners on objects that live as long as the soak. */
export function measures(listeners: () => number): Measure[] {
  return [
    // More than V8's own variation, and less than a leak of 100 bytes per run adds up to in some ten thousand runs.
    memory('heap but code', { share: 0.04, least: MIB / 2 }, () => heapUsed() - code()),
    // How much code V8 keeps depends on the load of the machine. Sluice itself keeps at most 256 generated functions.
    memory('code', { share: 0.3, least: 2 * MIB }, code),
    memory('outside the heap', { share: 0.1, least: MIB }, () => process.memoryUsage().external),
    // The allocator returns pages late, so only a large leak shows here.
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
