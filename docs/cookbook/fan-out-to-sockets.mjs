// Every event sent to two sockets: an archive that gets all of them, and a dashboard that may miss some but never slows the
// archive down.
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

/** A server that takes one connection, and what has come through it. */
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

// In `compose` a socket is a stage, since it can be read, too; a branch is where items end.
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
