import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { count, parseNdjson, pipeline } from '../../../lib/index.js';
import { Ending } from '../ending.js';
import { ANSWERED, type Place, portOf } from '../place.js';

/** Reads the response of a server, to the end or not. */
export async function requests(place: Place): Promise<void> {
  // Without an agent: a socket kept for the next request would change the count of handles.
  const request = get({ host: '127.0.0.1', port: portOf(place.http), agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const ending = new Ending(place, 100);
  const read = await ending.of(
    pipeline(response, parseNdjson(), ending.gate(), count(), ending.options),
  );
  if (ending.whole) assert.equal(read, ANSWERED);
}
