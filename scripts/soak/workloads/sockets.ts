import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { count, formatNdjson, parseNdjson, pipeline, range } from '../../../lib/index.js';
import { Ending } from '../ending.js';
import { type Place, portOf } from '../place.js';

/** Sends items to a server and counts those that come back. */
export async function sockets(place: Place): Promise<void> {
  const items = 100 + place.random.below(3000);
  const ending = new Ending(place, 100);
  const back = await ending.of(
    pipeline(
      range(0, items),
      formatNdjson(),
      connect(portOf(place.echo), '127.0.0.1'),
      parseNdjson(),
      ending.gate(),
      count(),
      ending.options,
    ),
  );
  if (ending.whole) assert.equal(back, items);
}
