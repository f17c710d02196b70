// Send events to an HTTP endpoint as bulk requests of NDJSON, two at a time: each has a thousand events, or those of ten
// seconds.
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  batch,
  count,
  filter,
  forEach,
  formatNdjson,
  map,
  parseNdjson,
  pipeline,
  range,
  toArray,
} from 'sluice';

// Stands for the endpoint: it counts the lines of each request.
const sizes = [];
const server = createServer(async (request, response) => {
  sizes.push(await pipeline(request, parseNdjson(), count()));
  response.end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/_bulk`;

async function send(events, { signal }) {
  const chunks = await pipeline(events, formatNdjson(), toArray());
  const response = await fetch(url, { method: 'POST', body: Buffer.concat(chunks), signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return events.length;
}

let sent = 0;
await pipeline(
  range(0, 5000),
  filter((n) => n % 2 === 0),
  map((n) => ({ id: n, kind: 'click' })),
  batch(1000, { maxDelayMs: 10_000 }),
  map(send, { concurrency: 2, retry: { attempts: 3, delayMs: 100, factor: 2, maxDelayMs: 5000 } }),
  forEach((n) => {
    sent += n;
  }),
);
console.log(sent, 'events in', sizes.length, 'requests');
server.close();
server.closeAllConnections();
