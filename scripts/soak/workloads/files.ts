import assert from 'node:assert/strict';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip, createGzip } from 'node:zlib';
import { count, formatNdjson, map, parseNdjson, pipeline, range } from '../../../lib/index.js';
import { Ending } from '../ending.js';
import type { Place } from '../place.js';

/** Writes a compressed file and reads it back; both runs may end in any way. */
export async function files(place: Place): Promise<void> {
  const { random, folder } = place;
  const path = join(folder, `${random.below(2 ** 32)}.gz`);
  const items = 100 + random.below(3000);
  const written = new Ending(place, 100);
  await written.of(
    pipeline(
      range(0, items),
      written.gate(),
      map((n) => ({ n, text: `line ${n}` })),
      formatNdjson(),
      createGzip(),
      createWriteStream(path),
      written.options,
    ),
  );
  if (written.whole) await readBack(place, path, items);
  await rm(path, { force: true });
}

async function readBack(place: Place, path: string, items: number): Promise<void> {
  const read = new Ending(place, 100);
  const all = await read.of(
    pipeline(
      createReadStream(path),
      createGunzip(),
      parseNdjson(),
      read.gate(),
      count(),
      read.options,
    ),
  );
  if (read.whole) assert.equal(all, items);
}
