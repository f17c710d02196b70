// Send every event to two sockets: an archive that gets all of them, and a dashboard that may miss some but never slows
// down the archive.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import {
  branch,
  broadcast,
  compose,
  formatNdjson,
  map,
  parseNdjson,
  pipeline,
  range,
  toArray,
} from 'sluice';

/** Starts a server for one connection; `received` resolves to the items that came through it. */
async function listen() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const received = once(server, 'connection').then(([socket]) => {
    server.close();
    return pipeline(socket, parseNdjson(), toArray());
  });
  return { port: server.address().port, received };
}

const archive = await listen();
const dashboard = await listen();

// A socket is readable, so `compose` would take it as a stage. `branch` makes it the sink.
const toSocket = ({ port }) => compose(formatNdjson(), branch(connect(port, '127.0.0.1')));
await pipeline(
  range(0, 1000),
  map((n) => ({ n, at: `event ${n}` })),
  broadcast(
    toSocket(archive),
    branch(toSocket(dashboard), { when: 'drop-oldest', buffer: 5000, onError: 'detach' }),
  ),
);

const archived = await archive.received;
console.log('archive:', archived.length, 'events, the last of them', archived.at(-1));
console.log('dashboard:', (await dashboard.received).length, 'events');
